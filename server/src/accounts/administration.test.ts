import { expect, test } from 'vitest'
import { errorOf } from '../platform/http/testing.ts'
import { accountLimits } from './protocol.ts'
import { accountsApp, goodPassword, type ProgramSession } from './testing.ts'

const app = await accountsApp()
const { administration } = app.accounts.service
const claim = (token: string, by: ProgramSession) =>
  app.call('POST', '/v1/admin/claim', { token }, by.accessToken)
const change = (id: string, body: object, by: ProgramSession) =>
  app.call('PATCH', `/v1/admin/users/${id}`, body, by.accessToken)
const codeOf = async (response: Response) => (await errorOf(response)).code

async function newAdmin(username: string): Promise<ProgramSession> {
  const account = await app.register(username)
  const { token } = await administration.issueClaim()
  const response = await claim(token, account)
  expect(response.status).toBe(200)
  return (await response.json()) as ProgramSession
}
const admin = await newAdmin('ada')

test('[ACC-21] the claim makes an administrator, with new tokens', async () => {
  expect(await administration.hasAdmin()).toBe(true)
  expect(admin.user.platformRole).toBe('admin')
  expect((await change(admin.user.id, { suspended: false }, admin)).status).toBe(409)
})

test('[ACC-21] a claim works once, also for two who come at the same time', async () => {
  const [one, two] = [await app.register('one'), await app.register('two')]
  const { token } = await administration.issueClaim()
  const responses = await Promise.all([claim(token, one), claim(token, two)])
  expect(responses.filter((response) => response.status === 200)).toHaveLength(1)
  const refused = responses.find((response) => response.status === 403)
  expect(refused && (await codeOf(refused))).toBe('claim_invalid')
})

test('[ACC-21] a claim ends after a day and with the next one', async () => {
  const late = await app.register('late')
  const first = await administration.issueClaim()
  const second = await administration.issueClaim()
  expect(second.expiresAt - app.world.now()).toBeGreaterThan(23 * 3600_000)
  expect(await codeOf(await claim(first.token, late))).toBe('claim_invalid')
  app.pass(24 * 3600_000)
  const login = { email: 'late@example.org', password: goodPassword }
  const session = await app.call('POST', '/v1/auth/login', login)
  const fresh = (await session.json()) as ProgramSession
  expect(await codeOf(await claim(second.token, fresh))).toBe('claim_invalid')
  app.pass(-24 * 3600_000)
})

test('[ACC-21] a claim is stored hashed, and wants an account', async () => {
  const { token } = await administration.issueClaim()
  const rows = JSON.stringify(await app.database.sql`select * from admin_claims`)
  expect(rows).not.toContain(token)
  expect(await codeOf(await claim(token, await app.guest()))).toBe('account_required')
  expect(await codeOf(await claim('x', await app.register('wrong')))).toBe('claim_invalid')
})

test('[ACC-21] with a list of addresses only those administer, claimed or not', async () => {
  const listed = await accountsApp({ adminEmails: ['Root@example.org'] })
  const { service } = listed.accounts
  const other = await listed.register('other')
  const { token } = await service.administration.issueClaim()
  const refused = await listed.call('POST', '/v1/admin/claim', { token }, other.accessToken)
  expect(await codeOf(refused)).toBe('email_not_allowed')
  await listed.database.sql`update users set platform_role = 'admin'`
  listed.pass(31_000)
  expect(await service.authenticate(other.accessToken)).toMatchObject({ platformRole: 'user' })
})

test('[ACC-20] only administrators change roles', async () => {
  const someone = await app.register('someone')
  const moderator = await app.register('mod_one')
  await change(moderator.user.id, { platformRole: 'moderator' }, admin)
  const body = { platformRole: 'admin' }
  expect(await codeOf(await change(someone.user.id, body, someone))).toBe('not_allowed')
  expect(await codeOf(await change(someone.user.id, body, moderator))).toBe('not_allowed')
  expect(await codeOf(await change(someone.user.id, body, await app.guest()))).toBe(
    'account_required',
  )
})

test('[ACC-20] a role holds from the next request and from the next join', async () => {
  const mo = await app.register('mona')
  const role = async () =>
    (await app.accounts.authenticator.authenticate(mo.accessToken)).platformRole
  expect(await role()).toBe('user')
  const response = await change(mo.user.id, { platformRole: 'moderator' }, admin)
  expect(await response.json()).toMatchObject({ platformRole: 'moderator', suspended: false })
  expect(await role()).toBe('moderator')
  await change(mo.user.id, { platformRole: 'user' }, admin)
  expect(await role()).toBe('user')
})

test('[ACC-20] administrators cannot change themselves, guests hold no role', async () => {
  const self = await change(admin.user.id, { platformRole: 'user' }, admin)
  expect(await codeOf(self)).toBe('not_yourself')
  const guest = await app.guest()
  const promoted = await change(guest.user.id, { platformRole: 'moderator' }, admin)
  expect(await codeOf(promoted)).toBe('accounts_only')
  const nobody = await change('01900000-0000-7000-8000-000000000000', { suspended: true }, admin)
  expect(await codeOf(nobody)).toBe('not_found')
  expect((await change(guest.user.id, {}, admin)).status).toBe(400)
})

test('[ACC-19] whoever is suspended is out at once, and stays out', async () => {
  const bad = await app.register('bad')
  await app.accounts.authenticator.authenticate(bad.accessToken)
  const response = await change(bad.user.id, { suspended: true }, admin)
  expect(await response.json()).toMatchObject({ suspended: true })
  await expect(app.accounts.authenticator.authenticate(bad.accessToken)).rejects.toThrow()
  const { refreshToken } = bad
  const refreshed = await app.call('POST', '/v1/auth/refresh', { refreshToken })
  expect([refreshed.status, await codeOf(refreshed)]).toEqual([403, 'suspended'])
  const login = (password: string) =>
    app.call('POST', '/v1/auth/login', { email: 'bad@example.org', password })
  // Only who knows the password learns of the suspension.
  expect(await codeOf(await login('wrong password'))).toBe('wrong_credentials')
  expect(await codeOf(await login(goodPassword))).toBe('suspended')
  await change(bad.user.id, { suspended: false }, admin)
  expect((await login(goodPassword)).status).toBe(200)
})

test('[ACC-31] who proves that a suspended account is theirs is told why, and nobody else', async () => {
  const bad = await app.register('told_why')
  const guest = await app.guest()
  const first = await app.call('POST', '/v1/auth/refresh', { refreshToken: bad.refreshToken })
  const { refreshToken } = (await first.json()) as ProgramSession
  app.pass(accountLimits.repeatMs + 1_000)
  for (const { user } of [bad, guest]) {
    await change(user.id, { suspended: true, reason: 'Spam in every room.' }, admin)
  }
  const told = {
    decision: { kind: 'suspension', reason: 'Spam in every room.', by: 'staff', until: null },
    appealToken: expect.any(String),
  }
  const refresh = async (token: string) =>
    await errorOf(await app.call('POST', '/v1/auth/refresh', { refreshToken: token }))
  const login = { email: 'told_why@example.org', password: goodPassword }
  const byPassword = await errorOf(await app.call('POST', '/v1/auth/login', login))
  expect(byPassword).toMatchObject({ code: 'suspended', about: told })
  expect(await refresh(refreshToken)).toMatchObject({ code: 'suspended', about: told })
  expect(await refresh(guest.refreshToken)).toMatchObject({ code: 'suspended', about: told })
  expect(JSON.stringify(byPassword)).not.toContain(admin.user.id)
  // An older token of the same sign-in, which may be a copy, and a wrong password learn nothing.
  expect(await refresh(bad.refreshToken)).toMatchObject({ code: 'unauthenticated' })
  const wrong = await app.call('POST', '/v1/auth/login', { ...login, password: 'not this one' })
  expect(await errorOf(wrong)).not.toHaveProperty('about')
  // What it opens is not an account.
  const { appealToken } = (byPassword as unknown as { about: { appealToken: string } }).about
  await expect(app.accounts.service.authenticate(appealToken)).rejects.toThrow()
  expect(await app.accounts.service.appealTokens.verify(appealToken)).toBe(bad.user.id)
  await expect(app.accounts.service.appealTokens.verify(bad.accessToken)).rejects.toThrow()
  app.pass(24 * 3600_000 + 1_000)
  await expect(app.accounts.service.appealTokens.verify(appealToken)).rejects.toThrow()
  app.pass(-24 * 3600_000 - 1_000)
})

test('[ACC-19] a suspended guest cannot become an account', async () => {
  const guest = await app.guest()
  await change(guest.user.id, { suspended: true }, admin)
  const registration = { username: 'escape', email: 'escape@example.org', password: goodPassword }
  const outcome = await app.accounts.service.people.register(registration, guest.user.id)
  expect(outcome).toMatchObject({ code: 'already_registered' })
})
