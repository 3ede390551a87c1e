/**
 * What somebody whose account is suspended holds instead of a sign-in: it opens the one decision
 * and the one appeal against it, and nothing else.
 */
import { TokenRefused } from '@odeon/rooms/ports'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { accountLimits } from './protocol.ts'

const issuer = 'odeon'
const audience = 'odeon-appeal'
const type = 'appeal+jwt'
const algorithm = 'HS256'

export interface AppealTokens {
  sign: (userId: string) => Promise<string>
  /** The id of whom it was given to. Rejects with `TokenRefused`. */
  verify: (token: string) => Promise<string>
}

/** `secret` is at least 32 bytes. */
export function appealTokens(secret: Uint8Array, now: () => number): AppealTokens {
  return {
    sign(userId) {
      const issuedAt = Math.floor(now() / 1000)
      return new SignJWT({})
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + accountLimits.appealTokenMs / 1000)
        .sign(secret)
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: [algorithm],
          issuer,
          audience,
          typ: type,
          requiredClaims: ['exp', 'iat', 'sub'],
          currentDate: new Date(now()),
        })
        return z.uuid().parse(payload.sub)
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
          throw new TokenRefused(error.name)
        }
        throw error
      }
    },
  }
}
