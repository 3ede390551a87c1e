/** Carries letters by Resend's HTTP interface (`POST /emails`). */
import { checkLetter, type Letter, type Mailer, MailUnavailable, mailLimits } from './mailer.ts'

export interface ResendOptions {
  apiKey: string
  /** `Odeon <house@odeon.example>`, at a domain that Resend knows as yours. */
  from: string
  /** Another address that speaks the same, such as a relay of your own. */
  url?: string
  answerMs?: number
}

const usualUrl = 'https://api.resend.com'

export function resendMailer(options: ResendOptions): Mailer {
  const { apiKey, from, url = usualUrl, answerMs = mailLimits.answerMs } = options
  const post = async ({ to, subject, text, html, id }: Letter): Promise<Response> => {
    try {
      return await fetch(`${url.replace(/\/$/, '')}/emails`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': id,
          'user-agent': 'odeon',
        },
        body: JSON.stringify({ from, to: [to], subject, text, html }),
        redirect: 'error',
        signal: AbortSignal.timeout(answerMs),
      })
    } catch (cause) {
      throw new MailUnavailable('Resend does not answer', { cause })
    }
  }

  return {
    goesTo: { kind: 'resend', from },
    async send(letter) {
      checkLetter(letter)
      const reply = await post(letter)
      // The body names what was wrong; it is not ours to repeat and not needed to go on.
      await reply.body?.cancel()
      if (!reply.ok) throw new MailUnavailable(`Resend answered ${reply.status}`)
    },
  }
}
