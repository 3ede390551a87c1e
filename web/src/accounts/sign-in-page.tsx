/** Signing in as a page, for links and for windows too narrow for a dialog. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Mark } from '../frame/mark.tsx'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { type Way, WaysIn } from './ways-in.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function SignInPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  const [way, setWay] = useState<Way>('signIn')
  const [isDone, setDone] = useState(false)
  useTitle(t(`auth.${way}Title`))
  if (me && (isDone || me.kind === 'account')) {
    return (
      <StatePage title={t('auth.welcomeTitle')} text={t('auth.welcomeText', { name: me.name })}>
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
  return (
    <div className="sign-in-page">
      <Mark size={56} />
      <h1>{t(`auth.${way}Title`)}</h1>
      <div className="panel sign-in-panel">
        <WaysIn way={way} onWay={setWay} canBeGuest={me === null} onDone={() => setDone(true)} />
      </div>
    </div>
  )
}
