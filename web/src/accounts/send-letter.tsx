/** Asks for the letter that confirms the account's address, and says where it went. */
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'

export function SendLetter({ email }: { email: string }) {
  const { t } = useTranslation()
  const [said, setSaid] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const send = async () => {
    if (isBusy) return
    setBusy(true)
    try {
      const sent = await odeon.auth.sendVerification()
      setSaid(t('verify.sent', { email: sent.email }))
    } catch (error) {
      setSaid(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button
        type="button"
        className="button button-primary"
        aria-disabled={isBusy || undefined}
        onClick={() => void send()}
      >
        {t('verify.send', { email })}
      </button>
      <p role="status">{said}</p>
    </>
  )
}
