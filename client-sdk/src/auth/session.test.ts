import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Odeon } from '../odeon.ts'
import { type HandWorld, handWorld } from '../testing/hand-world.ts'
import { type HttpStub, httpStub, json } from '../testing/http-stub.ts'
import type { Me } from './accounts.ts'
import { memoryStore, type SessionStore } from './session-store.ts'

const me = (name: string): Me => ({
  id: `id of ${name}`,
  kind: 'account',
  username: name,
  name,
  about: '',
  joinedAt: 0,
  email: null,
  emailVerified: false,
  platformRole: 'user',
  settings: {},
})
const quarterHour = 15 * 60_000

let stub: HttpStub
let world: HandWorld
let store: SessionStore
let odeon: Odeon
/** Tokens the stub takes; renewing gives the next one. */
let valid: Set<string>
let given: number
/** By how much the client's clock is ahead of the server's. */
let aheadMs: number

function session(name: string): object {
  given += 1
  const accessToken = `access-${given}`
  valid.add(accessToken)
  const expiresAt = world.now() + quarterHour - aheadMs
  return { accessToken, expiresAt, user: me(name), refreshToken: `refresh-${given}` }
}

beforeEach(async () => {
  stub = await httpStub()
  world = handWorld()
  store = memoryStore()
  valid = new Set()
  given = 0
  aheadMs = 0
  odeon = new Odeon(stub.url, { world, sessionStore: store, client: 'program' })
  stub.answer(({ path, headers, body }, response) => {
    if (path === '/v1/auth/login') json(response, 200, session('ann'))
    else if (path === '/v1/auth/refresh') {
      const token = (body as { refreshToken?: string }).refreshToken
      if (token === `refresh-${given}`) json(response, 200, session('ann'))
      else json(response, 401, { error: { code: 'unauthenticated', message: 'Sign in again.' } })
    } else if (path === '/v1/auth/logout') response.writeHead(204).end()
    else if (valid.has(headers.authorization?.slice('Bearer '.length) ?? '')) {
      json(response, 200, me('ann'))
    } else json(response, 401, { error: { code: 'unauthenticated', message: 'Sign in first.' } })
  })
})
afterEach(() => stub.close())

const login = () => odeon.auth.login({ email: 'a@b.c', password: 'correct horse' })
const paths = () => stub.asked.map(({ path }) => path.replace('/v1/', ''))

describe('the access token', () => {
  test('[SDK-13] goes with every call and is renewed shortly before it ends', async () => {
    await login()
    world.advance(quarterHour - 31_000)
    await odeon.me.get()
    world.advance(2_000)
    await odeon.me.get()
    expect(paths()).toEqual(['auth/login', 'me', 'auth/refresh', 'me'])
    expect(stub.asked.at(-1)?.headers.authorization).toBe('Bearer access-2')
  })

  test('[SDK-13] is renewed once when the server does not take it any more', async () => {
    await login()
    valid.clear()
    expect(await odeon.me.get()).toMatchObject({ name: 'ann' })
    expect(paths()).toEqual(['auth/login', 'me', 'auth/refresh', 'me'])
  })

  test('[SDK-13] is renewed once for many calls at the same time', async () => {
    await login()
    valid.clear()
    await Promise.all(Array.from({ length: 10 }, () => odeon.me.get()))
    expect(paths().filter((path) => path === 'auth/refresh')).toHaveLength(1)
  })

  test('[SDK-13] is not renewed all the time by a clock that is far off', async () => {
    aheadMs = 24 * 3_600_000
    await login()
    for (let n = 0; n < 3; n++) await odeon.me.get()
    expect(paths()).toEqual(['auth/login', 'me', 'me', 'me'])
  })

  test('[SDK-13] a sign-in that ended signs out, and the call is refused', async () => {
    await login()
    valid.clear()
    given = 99
    const users: (string | undefined)[] = []
    odeon.auth.onChange((user) => users.push(user?.name))
    await expect(odeon.me.get()).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(odeon.auth.user).toBeNull()
    expect(users).toEqual([undefined])
    expect(await store.get()).toBeNull()
  })

  test('[SDK-13] a server out of reach signs nobody out', async () => {
    await login()
    valid.clear()
    stub.answer((_asked, response) => json(response, 502, {}))
    await expect(odeon.me.get()).rejects.toMatchObject({ reason: 'server' })
    expect(odeon.auth.user).toMatchObject({ name: 'ann' })
    expect(await store.get()).toBe('refresh-1')
  })
})

const elsewhere = { code: 'origin_refused', message: 'Not from there.' }
test.each([
  ['a proxy that finds no server', 404, {}, { reason: 'server' }],
  ['too many of them', 429, { error: { code: 'rate_limited', message: 'Wait.' } }, { status: 429 }],
  ['a page of elsewhere', 403, { error: elsewhere }, { status: 403 }],
])('[SDK-13] a refresh answered by %s signs nobody out', async (_who, status, body, failure) => {
  await login()
  valid.clear()
  const unauthenticated = { error: { code: 'unauthenticated', message: 'Sign in first.' } }
  stub.answer(({ path }, response) => {
    if (path === '/v1/auth/refresh') json(response, status, body)
    else json(response, 401, unauthenticated)
  })
  await expect(odeon.me.get()).rejects.toMatchObject(failure)
  expect(odeon.auth.user).toMatchObject({ name: 'ann' })
  expect(await store.get()).toBe('refresh-1')
})

describe('signing in and out', () => {
  test('[SDK-14] restoring asks nothing when nobody was signed in here', async () => {
    expect(await odeon.auth.restore()).toBeNull()
    expect(stub.asked).toEqual([])
  })

  test('[SDK-14] restoring resumes what a store remembers', async () => {
    await login()
    const next = new Odeon(stub.url, { world, sessionStore: store, client: 'program' })
    expect(await next.auth.restore()).toMatchObject({ name: 'ann' })
    expect(await next.auth.restore()).toMatchObject({ name: 'ann' })
    expect(paths()).toEqual(['auth/login', 'auth/refresh'])
  })

  test('[SDK-14] a restore that finds the sign-in ended does not ask again', async () => {
    await store.set('refresh-of-last-year')
    expect(await odeon.auth.restore()).toBeNull()
    expect(await odeon.auth.restore()).toBeNull()
    expect(stub.asked).toHaveLength(1)
  })

  test('[SDK-13] signing out forgets here even when the server cannot be told', async () => {
    await login()
    stub.answer((_asked, response) => response.destroy())
    await expect(odeon.auth.logout()).rejects.toMatchObject({ reason: 'network' })
    expect(odeon.auth.user).toBeNull()
    expect(await store.get()).toBeNull()
  })

  test('[SDK-13] a renewal under way does not undo a sign-out', async () => {
    await login()
    const refreshing = odeon.auth.refresh()
    await odeon.auth.logout()
    await refreshing
    expect(odeon.auth.user).toBeNull()
    expect(await store.get()).toBeNull()
  })

  test('[SDK-13] a renewed token is no change of the person', async () => {
    await login()
    const told: unknown[] = []
    odeon.auth.onChange((user) => told.push(user))
    await odeon.auth.refresh()
    await odeon.me.get()
    expect(told).toEqual([])
  })

  test('[SDK-13] each change of the person is told with the one before', async () => {
    const told: (string | undefined)[][] = []
    const stop = odeon.auth.onChange((user, before) => told.push([user?.name, before?.name]))
    await login()
    await odeon.auth.logout()
    stop()
    await login()
    expect(told).toEqual([
      ['ann', undefined],
      [undefined, 'ann'],
    ])
  })
})
