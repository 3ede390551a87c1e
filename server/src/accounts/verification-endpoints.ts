/** Confirming one's address: asking for the letter, and bringing back what it held. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { EmailVerification } from './email-verification.ts'

export function verificationEndpoints(verification: EmailVerification): Endpoint[] {
  return [
    endpoint(
      {
        method: 'POST',
        path: '/v1/me/email/verification',
        summary: 'Mails a link that confirms the address of the account.',
        auth: 'account',
        reply: z.object({
          email: z.string(),
          expiresAt: z.number().describe('Unix ms at which the link ends'),
        }),
        refusals: {
          already_verified: { status: 409, text: 'This address is confirmed already.' },
          no_address: { status: 409, text: 'This account has no address.' },
          too_soon: { status: 429, text: 'A letter was sent a moment ago. Look there first.' },
          mail_unavailable: { status: 503, text: 'Mail cannot be sent just now. Try again later.' },
        },
      },
      async ({ identity, settle }) => settle(await verification.send(identity.userId)),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/auth/verify-email',
        summary: 'Confirms an address with the token of the letter; no sign-in is needed.',
        auth: 'none',
        body: z.strictObject({ token: z.string().min(1).max(64) }),
        reply: z.object({ email: z.string() }),
        refusals: {
          verification_invalid: {
            status: 403,
            text: 'This link has expired or is not whole. Ask for a new letter.',
          },
        },
      },
      async ({ body, settle }) => settle(await verification.confirm(body.token)),
    ),
  ]
}
