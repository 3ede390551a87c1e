/** Hands a sign-in to its client: the refresh token goes where that kind of client keeps it. */
import type { Context } from '../platform/http/endpoint.ts'
import { accountLimits, type SessionReply } from './protocol.ts'
import type { SignIn } from './service.ts'

export const refreshCookie = 'odeon_refresh'
const cookiePath = '/v1/auth'

type CookieContext = Pick<Context, 'header' | 'setCookie'>

/** Programs keep the refresh token themselves; in a browser no script ever sees it. */
export function handOver(ctx: CookieContext, signIn: SignIn): SessionReply {
  if (ctx.header('x-odeon-client') === 'program') return signIn
  const { refreshToken, ...reply } = signIn
  const maxAgeSeconds = accountLimits.refreshMs / 1000
  ctx.setCookie(refreshCookie, refreshToken, { path: cookiePath, maxAgeSeconds })
  return reply
}

export function clearCookie(ctx: CookieContext): void {
  ctx.setCookie(refreshCookie, '', { path: cookiePath, maxAgeSeconds: 0 })
}
