/** Where the link of a verification letter leads; without its token, where to ask for a letter. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { openSignIn } from './open-sign-in.ts'

export function VerifyEmailPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  // In the fragment, so that it never reaches a log on the way.
  const [token] = useState(() => location.hash.slice(1))
  const [said, setSaid] = useState<string>()
  const [failed, setFailed] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  useTitle(t('verifyEmail.title'))

  // A button, not the page's opening: programs that look into letters open links too.
  const act = async (work: () => Promise<string>) => {
    if (isBusy) return
    setBusy(true)
    setFailed(undefined)
    try {
      setSaid(await work())
      history.replaceState(null, '', location.pathname)
    } catch (error) {
      setFailed(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  const confirm = () =>
    act(async () => t('verifyEmail.done', { email: (await odeon.auth.verifyEmail(token)).email }))
  const send = () =>
    act(async () => t('verifyEmail.sent', { email: (await odeon.auth.sendVerification()).email }))

  const wrong = failed ? (
    <p className="notice notice-bad" role="alert">
      {failed}
    </p>
  ) : null
  const button = (text: string, onClick: () => void) => (
    <button
      type="button"
      className="button button-primary"
      aria-disabled={isBusy || undefined}
      onClick={onClick}
    >
      {text}
    </button>
  )
  if (said || (me?.emailVerified && !token)) {
    const text = said ?? t('verifyEmail.done', { email: me?.email ?? '' })
    return (
      <StatePage title={t('verifyEmail.title')} text={text}>
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
  if (token) {
    return (
      <StatePage title={t('verifyEmail.title')} text={t('verifyEmail.text')}>
        {wrong}
        {button(t('verifyEmail.confirm'), () => void confirm())}
      </StatePage>
    )
  }
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('verifyEmail.title')} text={t('verifyEmail.signIn')}>
        {button(t('header.signIn'), () => openSignIn('signIn'))}
      </StatePage>
    )
  }
  return (
    <StatePage
      title={t('verifyEmail.title')}
      text={t('verifyEmail.ask', { email: me.email ?? '' })}
    >
      {wrong}
      {button(t('verifyEmail.send'), () => void send())}
    </StatePage>
  )
}
