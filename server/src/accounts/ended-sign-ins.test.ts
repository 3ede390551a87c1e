/** Which sign-ins rooms are told to be over, and which go on in another one. */
import { beforeEach, expect, test } from 'vitest'
import { accountLimits } from './protocol.ts'
import { accountsApp, type ProgramSession } from './testing.ts'

const told: string[] = []
const app = await accountsApp({
  closeSockets: (userId, sid) => void told.push(`${userId} ${sid ?? 'everything'} closes`),
  handOn: (userId, { from, to }) => void told.push(`${userId} ${from} becomes ${to}`),
  putOut: async (userId) => void told.push(`${userId} is put out`),
})
const { service, authenticator } = app.accounts
const sidOf = async ({ accessToken }: ProgramSession) =>
  (await authenticator.authenticate(accessToken)).sid
const refresh = (refreshToken: string) => app.call('POST', '/v1/auth/refresh', { refreshToken })

beforeEach(() => void told.splice(0))

test('[ACC-34] a sign-in that is logged out is told once, by either token', async () => {
  const [one, other] = [await app.guest(), await app.guest()]
  const [sid, otherSid] = [await sidOf(one), await sidOf(other)]
  const { refreshToken } = one
  await app.call('POST', '/v1/auth/logout', { refreshToken }, one.accessToken)
  await app.call('POST', '/v1/auth/logout', {}, other.accessToken)
  await app.call('POST', '/v1/auth/logout', {}, other.accessToken)
  expect(told).toEqual([`${one.user.id} ${sid} closes`, `${other.user.id} ${otherSid} closes`])
})

test('[ACC-34] one sign-in too many closes what the oldest opened', async () => {
  const first = await app.register('crowd')
  const sid = await sidOf(first)
  const user = await service.people.find(first.user.id)
  if (user === null) throw new Error('no such user')
  for (let more = 1; more < accountLimits.sessionsMax; more += 1) await service.signIn(user, 'test')
  expect(told).toEqual([])
  await service.signIn(user, 'test')
  expect(told).toEqual([`${user.id} ${sid} closes`])
})

test('[ACC-34] a refresh token that comes again closes what its sign-in opened', async () => {
  const first = await app.guest()
  const sid = await sidOf(first)
  expect((await refresh(first.refreshToken)).status).toBe(200)
  expect(told).toEqual([])
  app.pass(accountLimits.repeatMs + 1)
  for (let again = 0; again < 2; again += 1) {
    expect((await refresh(first.refreshToken)).status).toBe(401)
  }
  expect(told).toEqual([`${first.user.id} ${sid} closes`])
})

test('[ACC-34] what a guest opened is the account’s from then on', async () => {
  const guest = await app.guest()
  const from = await sidOf(guest)
  const account = await app.register('upgraded', guest.accessToken)
  expect(told).toEqual([`${guest.user.id} ${from} becomes ${await sidOf(account)}`])
})

test('[ACC-34] what the first administrator opened before closes', async () => {
  const account = await app.register('claims')
  const sid = await sidOf(account)
  const { token } = await service.administration.issueClaim()
  const reply = await app.call('POST', '/v1/admin/claim', { token }, account.accessToken)
  expect(reply.status).toBe(200)
  expect(told).toEqual([`${account.user.id} ${sid} closes`])
})

test('[ACC-33] of all at once it is told once, of a suspended person that they are put out', async () => {
  const person = await app.guest()
  await app.call('POST', '/v1/auth/logout-everywhere', {}, person.accessToken)
  expect(told.splice(0)).toEqual([`${person.user.id} everything closes`])
  const [admin, bad] = [await app.register('decides'), await app.guest()]
  await app.database.sql`update users set platform_role = 'admin' where id = ${admin.user.id}`
  const change = { suspended: true }
  await app.call('PATCH', `/v1/admin/users/${bad.user.id}`, change, admin.accessToken)
  expect(told).toEqual([`${bad.user.id} is put out`])
})
