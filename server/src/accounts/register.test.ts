import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import { parseOptions } from '@node-rs/bcrypt'
import type { SessionReply } from './protocol.ts'
import { accountsApp, goodPassword } from './testing.ts'

const app = await accountsApp()
const register = (body: object) => app.call('POST', '/v1/auth/register', body)
const ann = { username: 'ann', email: 'ann@example.org', password: goodPassword }

test('[ACC-01] [ACC-02] registering makes an account that is signed in', async () => {
  const response = await register({ ...ann, username: ' Ann ', email: 'Ann@Example.org' })
  expect(response.status).toBe(201)
  const session = (await response.json()) as SessionReply
  expect(session.user).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    kind: 'account',
    username: 'ann',
    name: 'ann',
    email: 'ann@example.org',
    emailVerified: false,
    about: '',
    platformRole: 'user',
    settings: {},
    joinedAt: expect.any(Number),
  })
  const me = await app.call('GET', '/v1/me', undefined, session.accessToken)
  expect(await me.json()).toEqual(session.user)
  const [row] = await app.database.sql<{ password_hash: string }>`
    select password_hash from users where username = 'ann'`
  expect(parseOptions(row?.password_hash ?? '').cost).toBe(4)
})

test('[ACC-02] [ACC-03] a name or an address that has an account is refused by field', async () => {
  const name = await register({ ...ann, email: 'other@example.org' })
  expect(name.status).toBe(409)
  expect(await errorOf(name)).toMatchObject({
    code: 'username_taken',
    fields: { username: 'That is taken already.' },
  })
  const address = await register({ ...ann, username: 'other', email: 'ANN@example.org' })
  expect(address.status).toBe(409)
  expect(await errorOf(address)).toMatchObject({
    code: 'email_taken',
    fields: { email: 'That is taken already.' },
  })
})

test('[ACC-04] every wrong field is named at once, with what to do', async () => {
  const response = await register({ username: 'a!', email: 'nowhere', password: 'short' })
  expect(response.status).toBe(400)
  expect((await errorOf(response)).fields).toEqual({
    username: 'Use 3 to 20 of the characters a–z, 0–9 and _.',
    email: 'That is not an email address.',
    password: 'Use at least 10 bytes.',
  })
})

test('[ACC-20] nobody registers into a role', async () => {
  const response = await register({ ...ann, username: 'eve', platformRole: 'admin' })
  expect((await errorOf(response)).fields).toEqual({ platformRole: 'This is not known here.' })
})

test('[ACC-06] of many who register one name at once, exactly one gets it', async () => {
  const attempts = Array.from({ length: 8 }, (_, n) =>
    register({ username: 'rush', email: `rush${n}@example.org`, password: goodPassword }),
  )
  const responses = await Promise.all(attempts)
  const good = responses.filter((response) => response.status === 201)
  expect(good).toHaveLength(1)
  for (const response of responses.filter((one) => one !== good[0])) {
    expect([response.status, (await errorOf(response)).code]).toEqual([409, 'username_taken'])
  }
})

test('[ACC-06] of many who register one address at once, exactly one gets it', async () => {
  const attempts = Array.from({ length: 8 }, (_, n) =>
    register({ username: `mail${n}`, email: 'one@example.org', password: goodPassword }),
  )
  const responses = await Promise.all(attempts)
  expect(responses.filter((response) => response.status === 201)).toHaveLength(1)
  const refused = responses.filter((response) => response.status !== 201)
  const codes = await Promise.all(refused.map(async (one) => (await errorOf(one)).code))
  expect(new Set(codes)).toEqual(new Set(['email_taken']))
})

test('[ACC-09] a guest needs nothing, and gets a name when it says none', async () => {
  const named = await app.guest('Mara')
  expect(named.user).toMatchObject({ kind: 'guest', name: 'Mara', username: null, email: null })
  const unnamed = await app.guest()
  expect(unnamed.user.name).toMatch(/^Guest [1-9]\d{3}$/)
  const empty = await app.fetch('/v1/auth/guest', { method: 'POST' })
  expect(empty.status).toBe(201)
  const [row] = await app.database.sql<{ password_hash: unknown }>`
    select password_hash from users where id = ${named.user.id}`
  expect(row?.password_hash).toBeNull()
})

test('[ACC-05] a guest cannot pass for the house or hide in invisible characters', async () => {
  for (const name of ['Admin', 'ODEON', 'A\u202enn', '']) {
    const response = await app.call('POST', '/v1/auth/guest', { name })
    expect(response.status).toBe(400)
    expect(Object.keys((await errorOf(response)).fields ?? {})).toEqual(['name'])
  }
})

test('[ACC-10] a guest who registers keeps its id, and its old tokens end', async () => {
  const guest = await app.guest('Newcomer')
  const account = await app.register('newcomer', guest.accessToken)
  expect(account.user).toMatchObject({ id: guest.user.id, kind: 'account', username: 'newcomer' })
  expect((await app.call('GET', '/v1/me', undefined, account.accessToken)).status).toBe(200)
  expect((await app.call('GET', '/v1/me', undefined, guest.accessToken)).status).toBe(401)
  const { refreshToken } = guest
  expect((await app.call('POST', '/v1/auth/refresh', { refreshToken })).status).toBe(401)
})

test('[ACC-10] a guest registered twice at once becomes one account', async () => {
  const guest = await app.guest()
  const responses = await Promise.all(
    ['twice1', 'twice2'].map((username) =>
      app.call(
        'POST',
        '/v1/auth/register',
        { username, email: `${username}@example.org`, password: goodPassword },
        guest.accessToken,
      ),
    ),
  )
  expect(responses.filter((response) => response.status === 201)).toHaveLength(1)
  const refused = responses.find((response) => response.status !== 201)
  expect(refused && (await errorOf(refused)).code).toMatch(/already_registered|unauthenticated/)
})

test('[ACC-10] a guest whose token ended is told, instead of losing its id', async () => {
  const guest = await app.guest()
  await app.call('POST', '/v1/auth/logout-everywhere', {}, guest.accessToken)
  const body = { username: 'lost', email: 'lost@example.org', password: goodPassword }
  const response = await app.call('POST', '/v1/auth/register', body, guest.accessToken)
  expect([response.status, (await errorOf(response)).code]).toEqual([401, 'unauthenticated'])
})

test('[ACC-10] an account that registers another keeps itself apart', async () => {
  const first = await app.register('first')
  const second = await app.register('second', first.accessToken)
  expect(second.user.id).not.toBe(first.user.id)
  expect((await app.call('GET', '/v1/me', undefined, first.accessToken)).status).toBe(200)
})
