// Suspensions and streams that staff ended: told why, appealed against, judged by somebody else.
import { moderationLimits } from '@odeon/rooms/protocol'
import { expect, test, vi } from 'vitest'
import { moderationBench } from './testing.ts'

const bench = await moderationBench()
const { call, database, letters } = bench
const { sql } = database
const [first, second] = [
  await bench.person('decide_first', { platformRole: 'admin' }),
  await bench.person('decide_second', { platformRole: 'admin' }),
]
const staff = await bench.person('decide_staff', { platformRole: 'moderator' })
type Person = typeof first
const because = 'Please look again, that was not me.'

let reports = 0
async function report(targetType: 'user' | 'stream', targetId: string): Promise<string> {
  reports += 1
  const reporter = await bench.person(`decide_by_${reports}`)
  const asked = { targetType, targetId, reason: 'hate' }
  return (await call('POST', '/reports', reporter, asked)).body.id
}

async function suspended(name: string, note?: string) {
  const person = await bench.person(name)
  await sql`
    update users set email = ${`${name}@example.org`}, email_verified_at = now()
    where id = ${person.userId}`
  const flagId = await report('user', person.userId)
  const asked = { action: 'suspend', ...(note && { note }) }
  expect((await call('POST', `/moderation/flags/${flagId}`, first, asked)).status).toBe(200)
  const token = await bench.appealTokens.sign(person.userId)
  const read = async () => (await call('POST', '/suspension', undefined, { token })).body
  const appeal = () => call('POST', '/suspension/appeal', undefined, { token, text: because })
  return { person, flagId, token, read, appeal }
}
const isSuspended = async ({ userId }: { userId: string }) =>
  (await sql`select from users where id = ${userId} and suspended_at is not null`).length === 1
async function appealOf({ userId }: { userId: string }, reader: Person, status = 'open') {
  const { body } = await call('GET', `/moderation/appeals?status=${status}`, reader)
  const all = body.appeals as { id: string; sanction: { person: { id: string } } }[]
  return all.find(({ sanction }) => sanction.person.id === userId)
}
const decide = async (by: Person, id: string, decision: string) =>
  await call('POST', `/moderation/appeals/${id}`, by, { decision, note: 'We looked.' })
const reopen = (by: Person, id: string) => call('POST', `/moderation/appeals/${id}/reopen`, by)
const mailed = ({ username }: Person) =>
  letters.filter(({ to }) => to === `${username}@example.org`).map(({ subject }) => subject)

test('[FLG-15] a suspended person reads why and by which role, and appeals once', async () => {
  const { person, token, read, appeal } = await suspended('why_suspended', 'Spam in every room.')
  expect(await read()).toMatchObject({
    kind: 'suspension',
    reason: 'Spam in every room.',
    by: 'staff',
    until: null,
    scope: 'everywhere',
    stands: true,
    mayAppeal: true,
    appeal: null,
  })
  expect(JSON.stringify(await read())).not.toContain(first.userId)
  expect(await appeal()).toMatchObject({ status: 201, body: { mayAppeal: false } })
  expect((await appeal()).body.error.code).toBe('already_appealed')
  expect(await appealOf(person, second)).toMatchObject({ text: because, mayDecide: true })
  for (const given of ['', `${token}x`, 'nonsense']) {
    const { body } = await call('POST', '/suspension', undefined, { token: given })
    expect(body.error.code).toBe('appeal_token_invalid')
  }
})

test('[FLG-15] without words of who decided, what was reported is why', async () => {
  expect(await (await suspended('why_reported')).read()).toMatchObject({ reason: 'hate' })
})

test('[FLG-15] another administrator judges, and what is lifted lets the person in again', async () => {
  const { person, read, appeal } = await suspended('judged')
  await appeal()
  const { id } = (await appealOf(person, first)) as { id: string }
  expect(await appealOf(person, first)).toMatchObject({ mayDecide: false })
  expect((await decide(first, id, 'lift')).body.error.code).toBe('own_decision')
  // Moderators of the house do not suspend, and do not judge it.
  expect(await appealOf(person, staff)).toBeUndefined()
  expect((await decide(staff, id, 'lift')).body.error.code).toBe('not_allowed')
  expect((await decide(second, id, 'lift')).status).toBe(204)
  expect(await isSuspended(person)).toBe(false)
  expect(await read()).toMatchObject({ stands: false, appeal: { status: 'lifted' } })
  expect((await decide(second, id, 'lift')).body.error.code).toBe('already_decided')
  await vi.waitFor(() => {
    expect(bench.notices.filter(({ userId }) => userId === person.userId)).toMatchObject([
      { kind: 'appeal_decided', text: 'We looked.' },
    ])
  })
  const kinds = await sql<{ kind: string }>`
    select kind from moderation_actions where target_id = ${person.userId} order by id`
  expect(kinds.map(({ kind }) => kind)).toEqual([
    'suspend',
    'flag_resolved',
    'unsuspend',
    'appeal_lifted',
  ])
})

test('[FLG-16] lifting is taken back: suspended again, and the same appeal waits', async () => {
  const { person, read, appeal } = await suspended('taken_back')
  await appeal()
  const { id } = (await appealOf(person, second)) as { id: string }
  expect((await reopen(second, id)).body.error.code).toBe('not_possible')
  await decide(second, id, 'lift')
  expect(await appealOf(person, second, 'lifted')).toMatchObject({ undoUntil: expect.any(Number) })
  const times = bench.suspended.length
  expect((await reopen(first, id)).body.error.code).toBe('own_decision')
  expect((await reopen(second, id)).status).toBe(204)
  expect(await isSuspended(person)).toBe(true)
  await vi.waitFor(() => expect(bench.suspended.slice(times)).toContain(person.userId))
  expect(await read()).toMatchObject({ stands: true, mayAppeal: false, appeal: { status: 'open' } })
  await decide(second, id, 'uphold')
  bench.pass(moderationLimits.undoForMs + 1)
  expect((await reopen(second, id)).body.error.code).toBe('not_possible')
  expect(await read()).toMatchObject({ appeal: { status: 'upheld', note: 'We looked.' } })
})

test('[FLG-16] a mute that an appeal lifted stands again when that is taken back', async () => {
  const house = await bench.house('appeal_back')
  const viewer = await bench.person('appeal_muted')
  const made = { userId: viewer.userId, kind: 'ban', reason: 'Enough.' }
  const { body } = await call('POST', '/channels/appeal_back/sanctions', house.moderator, made)
  await call('POST', `/me/sanctions/${body.id}/appeal`, viewer, { text: because })
  const stands = async () =>
    (await sql`select from sanctions where id = ${body.id} and lifted_at is null`).length === 1
  const [appeal] = await sql<{ id: string }>`select id from appeals where sanction_id = ${body.id}`
  const id = appeal?.id as string
  await decide(house.host, id, 'lift')
  expect(await stands()).toBe(false)
  expect((await reopen(house.host, id)).status).toBe(204)
  expect(await stands()).toBe(true)
})

test('[FLG-15] the host of a stream that staff ended is told why, and appeals once', async () => {
  const house = await bench.house('ended_host')
  await bench.streams.start(house.streamId, Date.now())
  const flagId = await report('stream', house.streamId)
  const asked = { action: 'end_stream', note: 'Not for this house.' }
  expect((await call('POST', `/moderation/flags/${flagId}`, staff, asked)).status).toBe(200)
  await vi.waitFor(() => {
    expect(bench.notices.filter(({ userId }) => userId === house.host.userId)).toMatchObject([
      { kind: 'stream_ended', text: 'Not for this house.', sanctionId: expect.any(String) },
    ])
  })
  const own = async () => (await call('GET', '/me/sanctions', house.host)).body.sanctions[0]
  expect(await own()).toMatchObject({
    kind: 'stream_end',
    by: 'staff',
    stream: { id: house.streamId, title: 'On' },
    mayAppeal: true,
  })
  expect(JSON.stringify(await own())).not.toContain(staff.userId)
  const { id } = await own()
  await call('POST', `/me/sanctions/${id}/appeal`, house.host, { text: because })
  const appeal = (await appealOf(house.host, first)) as { id: string }
  expect((await decide(staff, appeal.id, 'lift')).body.error.code).toBe('own_decision')
  expect((await decide(first, appeal.id, 'lift')).status).toBe(204)
  expect(await own()).toMatchObject({ stands: false, appeal: { status: 'lifted' } })
  // It mutes nobody, and the crew of the channel has no say in it.
  const crew = await call('GET', '/channels/ended_host/sanctions', house.moderator)
  expect(crew.body.sanctions).toEqual([])
})

test('[MAI-09] letters say what was decided and why, once, and hold no key', async () => {
  const { person, token, appeal } = await suspended('mailed', 'Spam <b>here</b>.')
  await vi.waitFor(() => expect(mailed(person)).toEqual(['Your Odeon account is suspended']))
  const letter = letters.find(({ to }) => to === 'mailed@example.org')
  expect(letter?.text).toContain('Why: Spam <b>here</b>.')
  expect(letter?.html).toContain('Spam &lt;b&gt;here')
  expect(letter?.text).toContain('https://odeon.example/suspended')
  for (const secret of [token, first.userId, first.name]) {
    expect(JSON.stringify(letter)).not.toContain(secret)
  }
  await appeal()
  const { id } = (await appealOf(person, second)) as { id: string }
  await decide(second, id, 'uphold')
  await vi.waitFor(() =>
    expect(mailed(person)[1]).toBe('Your appeal was decided: the suspension stands'),
  )
  await bench.admins.change(second.userId, person.userId, { suspended: false })
  await vi.waitFor(() => expect(mailed(person)[2]).toBe('Your Odeon account is open again'))
})

test("[MAI-09] an address nobody confirmed gets no letter; the language is the account's", async () => {
  const silent = await bench.person('unmailed')
  const nepali = await bench.person('nepali_mailed')
  await sql`
    update users set email = username || '@example.org', settings = '{"language": "ne"}',
      email_verified_at = case when id = ${nepali.userId} then now() end
    where id in (${silent.userId}, ${nepali.userId})`
  for (const { userId } of [silent, nepali]) {
    await bench.admins.change(first.userId, userId, { suspended: true, reason: 'Spam.' })
  }
  await vi.waitFor(() => expect(mailed(nepali)).toEqual(['तपाईंको Odeon खाता निलम्बित भयो']))
  await vi.waitFor(async () => {
    expect(await sql`select from pending_effects where kind = 'letter'`).toEqual([])
  })
  expect(mailed(silent)).toEqual([])
})
