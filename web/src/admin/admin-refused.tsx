/** Why a section of the house desk shows nothing: not confirmed, not allowed, or out of reach. */
import { Refusal } from '@odeon/sdk'
import { SendLetter } from '../accounts/send-letter.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'

export function AdminRefused({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const isRefused = error instanceof Refusal && error.code === 'not_allowed'
  // Where addresses are listed, a role is asleep until the address is confirmed (AUTH-15).
  if (isRefused && me && !me.emailVerified) {
    return (
      <section className="desk-panel admin-verify" aria-labelledby="verify">
        <h2 id="verify">{t('house.mailTitle')}</h2>
        <p>{t('house.mailText')}</p>
        <SendLetter email={me.email ?? ''} />
      </section>
    )
  }
  return (
    <p className="notice notice-bad" role="alert">
      {t('house.failed')} {errorText(t, error)}
    </p>
  )
}
