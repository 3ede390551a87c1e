/** `/v1/auth/…`: registering, signing in, refreshing, signing out. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { clearCookie, handOver, refreshCookie } from './hand-over.ts'
import { guestBody, loginBody, refreshBody, registerBody, sessionReply } from './protocol.ts'
import type { AccountsService } from './service.ts'

const suspended = { status: 403, text: 'This account is suspended.' }

export function authEndpoints(service: AccountsService): Endpoint[] {
  return [register, login, guest, refresh, logout, logoutEverywhere].map((make) => make(service))
}

function register(service: AccountsService): Endpoint {
  const { people } = service
  return endpoint(
    {
      method: 'POST',
      path: '/v1/auth/register',
      summary: 'Makes an account. A signed-in guest becomes it and keeps its id.',
      auth: 'optional',
      usesCookies: true,
      body: registerBody,
      reply: sessionReply,
      status: 201,
      refusals: {
        username_taken: { status: 409, text: 'That username is taken.' },
        email_taken: { status: 409, text: 'That address already has an account.' },
        already_registered: { status: 409, text: 'This guest already has an account.' },
      },
    },
    async (ctx) => {
      const guest = ctx.identity?.kind === 'guest' ? ctx.identity : undefined
      const user = ctx.settle(await people.register(ctx.body, guest?.userId))
      service.verification.sendInTheBackground(user.id)
      const insteadOf = guest && ({ sid: guest.sid, because: 'upgraded' } as const)
      return handOver(ctx, await service.signIn(user, ctx.userAgent, insteadOf))
    },
  )
}

function login(service: AccountsService): Endpoint {
  const { people } = service
  return endpoint(
    {
      method: 'POST',
      path: '/v1/auth/login',
      summary: 'Signs in with email and password.',
      auth: 'none',
      usesCookies: true,
      body: loginBody,
      reply: sessionReply,
      limit: [{ limit: 'general' }, { limit: 'login', by: (body) => body.email }],
      refusals: {
        wrong_credentials: { status: 401, text: 'Email or password is wrong.' },
        suspended,
      },
    },
    async (ctx) => {
      const user = ctx.settle(await people.logIn(ctx.body.email, ctx.body.password))
      if (user.suspendedAt) return ctx.refuse('suspended', await service.whySuspended(user.id))
      return handOver(ctx, await service.signIn(user, ctx.userAgent))
    },
  )
}

function guest(service: AccountsService): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/auth/guest',
      summary: 'Signs in without an account. A name is made up when none is given.',
      auth: 'none',
      usesCookies: true,
      body: guestBody,
      reply: sessionReply,
      status: 201,
      limit: [{ limit: 'guest' }],
    },
    async (ctx) => {
      return handOver(ctx, await service.guest({ name: ctx.body.name, userAgent: ctx.userAgent }))
    },
  )
}

function refresh(service: AccountsService): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/auth/refresh',
      summary: 'Trades the refresh token, from the cookie or the body, for the next pair.',
      auth: 'none',
      usesCookies: true,
      body: refreshBody,
      reply: sessionReply,
      refusals: { unauthenticated: { status: 401, text: 'Sign in again.' }, suspended },
    },
    async (ctx) => {
      const given = ctx.body.refreshToken ?? ctx.cookies[refreshCookie]
      const next = given ? await service.refresh(given) : null
      if (next && 'suspended' in next) {
        // The cookie stays, so that the next page says the same.
        return ctx.refuse('suspended', await service.whySuspended(next.suspended))
      }
      if (next) return handOver(ctx, next)
      if (ctx.cookies[refreshCookie]) clearCookie(ctx)
      return ctx.refuse('unauthenticated')
    },
  )
}

function logout(service: AccountsService): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/auth/logout',
      summary: 'Ends this sign-in, known by its refresh token, its access token or both.',
      auth: 'none',
      usesCookies: true,
      body: refreshBody,
      reply: z.undefined(),
    },
    async (ctx) => {
      const accessToken = /^Bearer (.+)$/i.exec(ctx.header('authorization') ?? '')?.[1]
      const refreshToken = ctx.body.refreshToken ?? ctx.cookies[refreshCookie]
      await service.signOut({ refreshToken, accessToken })
      clearCookie(ctx)
      return undefined
    },
  )
}

function logoutEverywhere(service: AccountsService): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/auth/logout-everywhere',
      summary: 'Ends every sign-in of the caller, this one included.',
      auth: 'user',
      usesCookies: true,
      reply: z.undefined(),
    },
    async (ctx) => {
      await service.signOutEverywhere(ctx.identity.userId)
      clearCookie(ctx)
      return undefined
    },
  )
}
