/**
 * The account is suspended: why, and the one appeal. Who is refused anywhere comes here; whoever
 * opens it otherwise proves by signing in that the account is theirs.
 */
import type { Suspension } from '@odeon/sdk'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useSuspension } from '../session/use-suspension.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AppealState, Decision } from './decision.tsx'

export function SuspendedPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  const suspension = useSuspension()
  useTitle(t('suspended.title'))
  if (suspension) return <Suspended key={suspension.decision.id} first={suspension} />
  if (isStarting) return <StatePage title={t('suspended.title')} text={t('app.loading')} waiting />
  if (me) {
    return (
      <StatePage title={t('suspended.notYou')} text={t('suspended.notYouText')}>
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
  return (
    <StatePage title={t('suspended.title')} text={t('suspended.signInFirst')}>
      <button type="button" className="button button-primary" onClick={() => openSignIn('signIn')}>
        {t('auth.signIn')}
      </button>
    </StatePage>
  )
}

/** What was decided about the appeal is here when the page comes back into view. */
function Suspended({ first }: { first: Suspension }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [suspension, setSuspension] = useState(first)
  const [wrong, setWrong] = useState<string>()
  const { decision } = suspension
  const look = async () => {
    try {
      setSuspension(await suspension.read())
      setWrong(undefined)
    } catch (error) {
      setWrong(errorText(t, error))
    }
  }
  useEffect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') void look()
    }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  })
  const signOut = async () => {
    // Here it is forgotten even when the server cannot be told.
    await odeon.auth.logout().catch((error: unknown) => setWrong(errorText(t, error)))
    void navigate({ to: '/' })
  }
  return (
    <div className="page page-narrow appeal">
      <Decision sanction={decision} />
      {decision.stands ? <p className="dim">{t('suspended.means')}</p> : null}
      <AppealState
        sanction={decision}
        send={async (text) => setSuspension(await suspension.appeal(text))}
        onSent={() => setWrong(undefined)}
      />
      {wrong ? (
        <p className="notice notice-bad" role="alert">
          {wrong}
        </p>
      ) : null}
      <div className="suspended-acts">
        <button type="button" className="button button-plain" onClick={() => void look()}>
          {t('suspended.look')}
        </button>
        <button type="button" className="button button-quiet" onClick={() => void signOut()}>
          {decision.stands ? t('suspended.signOut') : t('suspended.signInAgain')}
        </button>
      </div>
    </div>
  )
}
