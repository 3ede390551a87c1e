/** Access tokens: short-lived JWTs that say who, and which sign-in, and nothing secret. */
import { createSecretKey } from 'node:crypto'
import { TokenRefused } from '@odeon/rooms/ports'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { User } from './entities.ts'
import { accountLimits } from './protocol.ts'
import { VerifiedTokens } from './verified-tokens.ts'

const issuer = 'odeon'
const audience = 'odeon'
const type = 'at+jwt'
const algorithm = 'HS256'

const claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  user_id: z.uuid(),
  exp: z.number(),
  iat: z.number(),
})
export interface AccessClaims {
  userId: string
  sid: string
}

export interface AccessTokens {
  sign: (user: User, sid: string) => Promise<{ accessToken: string; expiresAt: number }>
  /** Rejects with `TokenRefused`. `evenExpired` is for signing out with an old token. */
  verify: (token: string, evenExpired?: boolean) => Promise<AccessClaims>
}

/** `secret` is at least 32 bytes. */
export function accessTokens(secret: Uint8Array, now: () => number): AccessTokens {
  if (secret.length < 32) throw new TypeError('the secret for tokens needs at least 32 bytes')
  // Made once, and of the kind the library uses: otherwise it makes one for every token.
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = createSecretKey(secret).toCryptoKey(hmac, false, ['sign', 'verify'])
  const verified = new VerifiedTokens(accountLimits.verifiedTokensMax)
  return {
    async sign(user, sid) {
      const issuedAt = Math.floor(now() / 1000)
      const expiresAt = issuedAt + accountLimits.accessTokenMs / 1000
      const accessToken = await new SignJWT({
        user_id: user.id,
        username: user.username,
        kind: user.kind,
        role: user.platformRole,
        sid,
      })
        .setProtectedHeader({ alg: algorithm, typ: type })
        .setSubject(user.id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key)
      verified.keep(accessToken, { userId: user.id, sid }, expiresAt * 1000)
      return { accessToken, expiresAt: expiresAt * 1000 }
    },
    async verify(token, evenExpired = false) {
      const known = verified.find(token, now())
      if (known !== undefined) return known
      try {
        const { payload, protectedHeader } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer,
          audience,
          typ: type,
          requiredClaims: ['exp', 'iat', 'sub'],
          currentDate: new Date(evenExpired ? 0 : now()),
          ...(!evenExpired && { maxTokenAge: accountLimits.accessTokenMs / 1000 }),
        })
        // We set two header fields. One more was made elsewhere, whatever it hopes to name.
        if (Object.keys(protectedHeader).length !== 2) throw new TokenRefused('foreign header')
        const { sub, sid, user_id, exp, iat } = claims.parse(payload)
        if (sub !== user_id) throw new TokenRefused('two subjects')
        const found = { userId: sub, sid }
        const until = Math.min(exp * 1000, iat * 1000 + accountLimits.accessTokenMs)
        verified.keep(token, found, until)
        return found
      } catch (error) {
        if (error instanceof TokenRefused) throw error
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) {
          throw new TokenRefused(error.name)
        }
        throw error
      }
    },
  }
}
