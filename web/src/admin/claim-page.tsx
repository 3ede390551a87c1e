/** The one-time link that the server prints: whoever is signed in becomes its administrator. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'

export function ClaimPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  // In the fragment, so that it never reaches a log on the way.
  const [token] = useState(() => location.hash.slice(1))
  const [done, setDone] = useState(false)
  const [failed, setFailed] = useState<string>()
  useTitle(t('admin.title'))

  const claim = async () => {
    try {
      await odeon.me.claimAdmin(token)
      history.replaceState(null, '', location.pathname)
      setDone(true)
    } catch (error) {
      setFailed(errorText(t, error))
    }
  }

  if (!token) return <StatePage title={t('admin.title')} text={t('admin.noToken')} />
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('admin.title')} text={t('admin.needAccount')}>
        <button
          type="button"
          className="button button-primary"
          onClick={() => openSignIn('signIn')}
        >
          {t('header.signIn')}
        </button>
        <button
          type="button"
          className="button button-plain"
          onClick={() => openSignIn('register')}
        >
          {t('header.signUp')}
        </button>
      </StatePage>
    )
  }
  if (done) {
    return (
      <StatePage title={t('admin.title')} text={t('admin.done', { name: me.name })}>
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
  return (
    <StatePage title={t('admin.title')} text={t('admin.text')}>
      {failed ? (
        <p className="notice notice-bad" role="alert">
          {failed}
        </p>
      ) : null}
      <button type="button" className="button button-primary" onClick={() => void claim()}>
        {t('admin.claim', { name: me.name })}
      </button>
    </StatePage>
  )
}
