import { expect, test } from 'vitest'
import { sealToken, unsealToken } from './refresh-tokens.ts'
import { accountsApp, type ProgramSession } from './testing.ts'

const app = await accountsApp()
const send = (refreshToken: string) => app.call('POST', '/v1/auth/refresh', { refreshToken })
const me = (accessToken: string) => app.call('GET', '/v1/me', undefined, accessToken)

async function refreshed(refreshToken: string): Promise<ProgramSession> {
  const response = await send(refreshToken)
  expect(response.status).toBe(200)
  return (await response.json()) as ProgramSession
}

async function endedBecause(userId: string): Promise<unknown> {
  const [row] = await app.database.sql<{ ended_because: string | null }>`
    select ended_because from sessions where user_id = ${userId}`
  return row?.ended_because
}

test('[ACC-14] each refresh gives another pair of tokens for the same sign-in', async () => {
  const first = await app.guest()
  const second = await refreshed(first.refreshToken)
  const third = await refreshed(second.refreshToken)
  expect(new Set([first, second, third].map((one) => one.refreshToken)).size).toBe(3)
  expect(third.user).toEqual(first.user)
  for (const one of [first, third]) expect((await me(one.accessToken)).status).toBe(200)
  const rows = await app.database.sql`select id from sessions where user_id = ${first.user.id}`
  expect(rows).toHaveLength(1)
})

test('[ACC-14] seven days pass between refreshes, not a moment more', async () => {
  const [used, unused] = [await app.guest(), await app.guest()]
  app.pass(7 * 24 * 3600_000 - 60_000)
  const next = await refreshed(used.refreshToken)
  app.pass(61_000)
  expect((await send(unused.refreshToken)).status).toBe(401)
  app.pass(7 * 24 * 3600_000 - 120_000)
  expect((await send(next.refreshToken)).status).toBe(200)
})

test('[ACC-15] a replaced token that comes back ends the sign-in and its tokens', async () => {
  const first = await app.guest()
  const second = await refreshed(first.refreshToken)
  expect((await me(second.accessToken)).status).toBe(200)
  app.pass(10_001)
  expect((await send(first.refreshToken)).status).toBe(401)
  expect((await send(second.refreshToken)).status).toBe(401)
  expect((await me(second.accessToken)).status).toBe(401)
  expect(await endedBecause(first.user.id)).toBe('reuse')
})

test('[ACC-15] a thief who refreshes first is found out and loses everything', async () => {
  const owner = await app.guest()
  const thief = await refreshed(owner.refreshToken)
  app.pass(14 * 60_000)
  expect((await send(owner.refreshToken)).status).toBe(401)
  expect((await me(thief.accessToken)).status).toBe(401)
  expect((await send(thief.refreshToken)).status).toBe(401)
})

test('[ACC-16] two refreshes at once get the same next token, and both go on', async () => {
  const first = await app.guest()
  const both = await Promise.all([refreshed(first.refreshToken), refreshed(first.refreshToken)])
  const [one, two] = both
  expect(one.refreshToken).toBe(two.refreshToken)
  for (const tab of both) expect((await me(tab.accessToken)).status).toBe(200)
  const third = await refreshed(one.refreshToken)
  expect((await me(third.accessToken)).status).toBe(200)
  const current = await app.database.sql`
    select t.hash from refresh_tokens t join sessions s on s.id = t.session_id
     where s.user_id = ${first.user.id} and t.used_at is null`
  expect(current).toHaveLength(1)
})

test('[ACC-16] ten tabs that wake together stay signed in', async () => {
  const first = await app.guest()
  const tabs = await Promise.all(Array.from({ length: 10 }, () => refreshed(first.refreshToken)))
  expect(new Set(tabs.map((tab) => tab.refreshToken)).size).toBe(1)
})

test('[ACC-16] a thief who repeats within the ten seconds gets no token of its own', async () => {
  const before = await app.guest()
  const owner = await refreshed(before.refreshToken)
  app.pass(5_000)
  const thief = await refreshed(before.refreshToken)
  expect(thief.refreshToken).toBe(owner.refreshToken)
  // From here there is one token for two: whoever comes second is noticed.
  const onward = await refreshed(thief.refreshToken)
  app.pass(10_001)
  expect((await send(owner.refreshToken)).status).toBe(401)
  expect((await send(onward.refreshToken)).status).toBe(401)
  expect((await me(onward.accessToken)).status).toBe(401)
})

test('[ACC-16] once the next token was used, a repeat is reuse, however soon', async () => {
  const first = await app.guest()
  const second = await refreshed(first.refreshToken)
  const third = await refreshed(second.refreshToken)
  expect((await send(first.refreshToken)).status).toBe(401)
  expect((await send(third.refreshToken)).status).toBe(401)
  expect(await endedBecause(first.user.id)).toBe('reuse')
})

test('[ACC-16] what the database holds of the next token is useless without the one before', () => {
  const [before, next] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((bytes) =>
    bytes.toString('base64url'),
  ) as [string, string]
  const sealed = sealToken(before, next)
  expect(sealed).not.toContain(next)
  expect(unsealToken(before, sealed)).toBe(next)
  expect(unsealToken(next, sealed)).not.toBe(next)
})

test('[ACC-18] logging out everywhere beats a refresh that runs at the same time', async () => {
  const first = await app.guest()
  const [response] = await Promise.all([
    send(first.refreshToken),
    app.accounts.service.sessions.endAll(first.user.id, 'everywhere'),
  ])
  const next = response.status === 200 ? ((await response.json()) as ProgramSession) : first
  expect((await send(next.refreshToken)).status).toBe(401)
  expect((await me(next.accessToken)).status).toBe(401)
})
