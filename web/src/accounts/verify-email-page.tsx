/** Where the link of the letter leads: the address is confirmed, or why not and what to do. */
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { SendLetter } from './send-letter.tsx'

type Outcome =
  | { state: 'asking' }
  | { state: 'confirmed'; email: string }
  | { state: 'failed'; error: unknown }

export function VerifyEmailPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  // In the fragment, so that it never reaches a log on the way.
  const [token] = useState(() => location.hash.slice(1))
  const [outcome, setOutcome] = useState<Outcome>({ state: 'asking' })
  const hasAsked = useRef(false)
  useTitle(t('verify.title'))
  useEffect(() => {
    if (isStarting || hasAsked.current || !token) return
    hasAsked.current = true
    odeon.auth.verifyEmail(token).then(
      ({ email }) => {
        history.replaceState(null, '', location.pathname)
        setOutcome({ state: 'confirmed', email })
      },
      (error: unknown) => setOutcome({ state: 'failed', error }),
    )
  }, [isStarting, token])

  if (token && outcome.state === 'asking')
    return <StatePage title={t('verify.title')} text={t('verify.asking')} waiting />
  if (outcome.state === 'confirmed') {
    return (
      <StatePage title={t('verify.title')} text={t('verify.done', { email: outcome.email })}>
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
  const why = outcome.state === 'failed' ? errorText(t, outcome.error) : t('verify.noToken')
  return (
    <StatePage title={t('verify.title')} text={why}>
      {me?.kind === 'account' && !me.emailVerified ? <SendLetter email={me.email ?? ''} /> : null}
    </StatePage>
  )
}
