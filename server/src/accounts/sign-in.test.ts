import { TokenRefused } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import type { SessionReply } from './protocol.ts'
import { accountsApp, goodPassword, type ProgramSession } from './testing.ts'

const app = await accountsApp()
const ann = await app.register('ann')
const login = (email: string, password: string) =>
  app.call('POST', '/v1/auth/login', { email, password })
const me = (accessToken: string) => app.call('GET', '/v1/me', undefined, accessToken)
const refresh = (refreshToken: string) => app.call('POST', '/v1/auth/refresh', { refreshToken })
const again = async (response: Response) => (await response.json()) as ProgramSession

test('[ACC-07] the right password signs in, in any case of the address', async () => {
  const response = await login(' ANN@example.org', goodPassword)
  expect(response.status).toBe(200)
  const session = await again(response)
  expect(session.user.id).toBe(ann.user.id)
  expect((await me(session.accessToken)).status).toBe(200)
})

test('[ACC-07] a wrong password and an unknown address get the same answer', async () => {
  const answers = await Promise.all(
    [
      login('ann@example.org', 'wrong password'),
      login('nobody@example.org', goodPassword),
      login('ann@example.org', 'a'.repeat(1_000)),
    ].map(async (attempt) => {
      const response = await attempt
      const { requestId: _, ...error } = await errorOf(response)
      return { status: response.status, error }
    }),
  )
  const expected = {
    status: 401,
    error: { code: 'wrong_credentials', message: 'Email or password is wrong.' },
  }
  expect(answers).toEqual([expected, expected, expected])
})

test('[ACC-08] ten logins to one account from one address in 15 minutes, then 429', async () => {
  const limited = await accountsApp({ limits: { loginMax: 10 } })
  const attempt = (email: string) =>
    limited.call('POST', '/v1/auth/login', { email, password: 'wrong password' })
  for (let i = 0; i < 10; i += 1) expect((await attempt('ann@example.org')).status).toBe(401)
  const refused = await attempt('ANN@example.org')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800)
  expect((await attempt('bob@example.org')).status).toBe(401)
})

test('[ACC-13] a browser gets its refresh token in a cookie only', async () => {
  const response = await app.fetch('/v1/auth/login', {
    method: 'POST',
    json: { email: 'ann@example.org', password: goodPassword },
    headers: { origin: app.url },
  })
  const body = (await response.json()) as SessionReply
  expect(body).not.toHaveProperty('refreshToken')
  const cookie = response.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(
    /^odeon_refresh=[\w-]{43}; Path=\/v1\/auth; Max-Age=604800; HttpOnly; SameSite=Strict$/,
  )
  const held = cookie.split(';')[0] ?? ''
  const next = await app.fetch('/v1/auth/refresh', {
    method: 'POST',
    headers: { cookie: held, origin: app.url },
  })
  expect(next.status).toBe(200)
  expect(next.headers.get('set-cookie')).toMatch(/^odeon_refresh=[\w-]{43};/)
  expect(next.headers.get('set-cookie')).not.toContain(held)

  const foreign = await app.fetch('/v1/auth/refresh', {
    method: 'POST',
    headers: { cookie: held, origin: 'https://evil.test' },
  })
  expect(foreign.status).toBe(403)
  const unexplained = await app.fetch('/v1/auth/refresh', {
    method: 'POST',
    headers: { cookie: held },
  })
  expect(unexplained.status).toBe(403)
})

test('[ACC-13] a refresh token is 256 random bits that the database does not hold', async () => {
  const session = await app.register('stored')
  expect(Buffer.from(session.refreshToken, 'base64url')).toHaveLength(32)
  const next = await again(await refresh(session.refreshToken))
  const rows = await app.database.sql`select * from refresh_tokens`
  const kept = JSON.stringify(rows)
  expect(rows.length).toBeGreaterThan(1)
  expect(kept).not.toContain(session.refreshToken)
  expect(kept).not.toContain(next.refreshToken)
  const dump = JSON.stringify(await app.database.sql`select * from users`)
  expect(dump).not.toContain(goodPassword)
})

test('[ACC-13] refresh answers every bad token alike and clears the cookie', async () => {
  const cookie = 'odeon_refresh=bad'
  const response = await app.fetch('/v1/auth/refresh', {
    method: 'POST',
    headers: { cookie, origin: app.url },
  })
  expect([response.status, (await errorOf(response)).code]).toEqual([401, 'unauthenticated'])
  expect(response.headers.get('set-cookie')).toContain('odeon_refresh=; Path=/v1/auth; Max-Age=0')
  expect((await app.call('POST', '/v1/auth/refresh', {})).status).toBe(401)
})

test('[ACC-17] logging out ends this sign-in and no other, for HTTP and for rooms', async () => {
  const [one, two] = [await app.guest(), await app.register('two')]
  await app.accounts.authenticator.authenticate(one.accessToken)
  const body = { refreshToken: one.refreshToken }
  expect((await app.call('POST', '/v1/auth/logout', body)).status).toBe(204)
  expect((await me(one.accessToken)).status).toBe(401)
  await expect(app.accounts.authenticator.authenticate(one.accessToken)).rejects.toBeInstanceOf(
    TokenRefused,
  )
  expect((await refresh(one.refreshToken)).status).toBe(401)
  expect((await me(two.accessToken)).status).toBe(200)
})

test('[ACC-17] an access token is enough to log out, also an expired one', async () => {
  const session = await app.guest()
  app.pass(16 * 60_000)
  expect((await me(session.accessToken)).status).toBe(401)
  const response = await app.call('POST', '/v1/auth/logout', {}, session.accessToken)
  expect(response.status).toBe(204)
  expect((await refresh(session.refreshToken)).status).toBe(401)
})

test('[ACC-17] logging out with nothing, or with rubbish, is no error', async () => {
  expect((await app.call('POST', '/v1/auth/logout')).status).toBe(204)
  expect((await app.call('POST', '/v1/auth/logout', {}, 'rubbish')).status).toBe(204)
})

test('[ACC-18] logging out everywhere ends every sign-in of that person', async () => {
  const first = await app.register('roamer')
  const second = await again(await login('roamer@example.org', goodPassword))
  const other = await app.guest()
  expect((await me(second.accessToken)).status).toBe(200)
  const response = await app.call('POST', '/v1/auth/logout-everywhere', {}, first.accessToken)
  expect(response.status).toBe(204)
  for (const session of [first, second]) {
    expect((await me(session.accessToken)).status).toBe(401)
    expect((await refresh(session.refreshToken)).status).toBe(401)
  }
  expect((await me(other.accessToken)).status).toBe(200)
})

test('[ACC-25] rooms learn who a person is and by which sign-in, and nothing else', async () => {
  const { accessToken } = await app.guest('Four')
  const known = await app.accounts.authenticator.authenticate(accessToken)
  expect(Object.keys(known).sort()).toEqual(['kind', 'name', 'platformRole', 'sid', 'userId'])
  await expect(app.accounts.authenticator.authenticate('')).rejects.toBeInstanceOf(TokenRefused)
})

test('[ACC-26] beyond 50 sign-ins the one unused for longest ends', async () => {
  const first = await app.register('crowd')
  const { service } = app.accounts
  const user = await service.people.find(first.user.id)
  if (!user) throw new Error('no such user')
  for (let i = 0; i < 50; i += 1) await service.signIn(user, 'test')
  expect((await me(first.accessToken)).status).toBe(401)
  const rows = await app.database.sql`
    select id from sessions where user_id = ${user.id} and ended_at is null`
  expect(rows).toHaveLength(50)
})

test('[ACC-28] what has been over for a week is forgotten, and only that', async () => {
  const [old, kept] = [await app.guest(), await app.guest()]
  await app.call('POST', '/v1/auth/logout', { refreshToken: old.refreshToken })
  app.pass(6 * 24 * 3600_000)
  const renewed = await again(await refresh(kept.refreshToken))
  app.pass(2 * 24 * 3600_000)
  expect(await app.accounts.service.sessions.purge()).toBeGreaterThan(0)
  const left = await app.database.sql<{ user_id: string }>`select user_id from sessions`
  expect(left.map((row) => row.user_id)).not.toContain(old.user.id)
  expect((await refresh(renewed.refreshToken)).status).toBe(200)
})
