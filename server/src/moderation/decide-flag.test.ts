// Decisions are carried out: lines, people, accounts, streams; told, recorded, and taken back.
import { expect, test, vi } from 'vitest'
import { moderationLimits } from '@odeon/rooms/protocol'
import { listeningRoom, moderationBench } from './testing.ts'

const bench = await moderationBench()
const { call, database } = bench
const { sql } = database
const house = await bench.house('judging')
const [staff, admin] = [
  await bench.person('desk_staff', { platformRole: 'moderator' }),
  await bench.person('desk_admin', { platformRole: 'admin' }),
]

type Asker = Parameters<typeof call>[2]
const decide = (id: string, as: Asker, json: object) =>
  call('POST', `/moderation/flags/${id}`, as, json)
const queue = async (as: Asker, query = '') =>
  (await call('GET', `/moderation/queue?${query}`, as)).body
let lines = 0

/** A line of somebody new, reported by somebody else. */
async function reportedLine(name: string) {
  const [author, reporter] = [await bench.person(name), await bench.person(`${name}_by`)]
  lines += 1
  await bench.say(house.streamId, lines, author, `awful ${name}`)
  const { body } = await call('POST', '/reports', reporter, {
    targetType: 'message',
    targetId: `m${lines}`,
    streamId: house.streamId,
    reason: 'hate',
  })
  return { author, reporter, id: body.id as string, lineId: `m${lines}` }
}
const lineText = async (lineId: string) =>
  (await bench.archived(house.streamId)).find((line) => line['id'] === lineId)?.['text']
const noticesOf = ({ userId }: { userId: string }) =>
  bench.notices.filter((notice) => notice.userId === userId)

test('[FLG-04] the queue shows flags to those who may decide: staff all, crew their channel', async () => {
  const { id, author, reporter } = await reportedLine('queued')
  const all = await queue(staff)
  expect(all).toMatchObject({ more: false, pending: 1 })
  expect(all.flags[0]).toMatchObject({
    id,
    type: 'message',
    reason: 'hate',
    excerpt: 'awful queued',
    reporter: { id: reporter.userId },
    subject: { id: author.userId, username: 'queued' },
    channel: { handle: 'judging' },
    seq: lines,
    flags: 1,
    status: 'pending',
  })
  const own = await queue(house.moderator, 'channel=judging')
  expect(own.flags[0]).toMatchObject({ id, reporter: null })
  const other = await bench.house('elsewhere_q')
  expect((await call('GET', '/moderation/queue', house.host)).body.error.code).toBe('not_allowed')
  const foreign = await call('GET', '/moderation/queue?channel=judging', other.host)
  expect(foreign.body.error.code).toBe('not_allowed')
  expect((await decide(id, other.host, { action: 'delete' })).body.error.code).toBe('not_found')
})

test('[FLG-04] pages go on from the last flag, and filters narrow them', async () => {
  for (const name of ['page_a', 'page_b', 'page_c']) await reportedLine(name)
  const first = await queue(staff, 'limit=2')
  expect(first).toMatchObject({ more: true, flags: [{}, {}] })
  const next = await queue(staff, `limit=2&before=${first.flags[1].id}`)
  const ids = [...first.flags, ...next.flags].map((flag: { id: string }) => flag.id)
  expect(new Set(ids).size).toBe(4)
  expect(ids).toEqual(ids.toSorted().toReversed())
  expect((await queue(staff, 'type=user')).flags).toEqual([])
  expect((await queue(staff, 'automatic=true')).flags).toEqual([])
  expect((await queue(staff, 'status=resolved')).flags).toEqual([])
})

test('[FLG-05] deleting takes the line out of room and archive; both sides are told', async () => {
  const { id, author, reporter, lineId } = await reportedLine('deleted')
  const room = listeningRoom(`live_${house.streamId}`, house.channelId)
  bench.rooms.push(room.room)
  const { status, body } = await decide(id, house.moderator, { action: 'delete', note: 'No.' })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    status: 'resolved',
    action: 'delete',
    measure: 'delete',
    decided: { by: { id: house.moderator.userId }, note: 'No.' },
    undoUntil: expect.any(Number),
  })
  expect(await lineText(lineId)).toBe('')
  expect(room.asked).toEqual([`remove ${lineId}`])
  await vi.waitFor(() => {
    expect(noticesOf(author)).toMatchObject([{ kind: 'message_removed' }])
    expect(noticesOf(reporter)).toMatchObject([{ kind: 'report_resolved', text: 'delete' }])
  })
  bench.rooms.length = 0
})

test('[FLG-05] a timeout holds in the channel, for staff in every room when they say so', async () => {
  const { id, author } = await reportedLine('quieted')
  const asked = { action: 'timeout', seconds: 3_600, everywhere: true }
  expect((await decide(id, house.host, asked)).body.error.code).toBe('not_allowed')
  expect((await decide(id, staff, asked)).status).toBe(200)
  const { sanctions } = (await call('GET', '/me/sanctions', author)).body
  expect(sanctions).toMatchObject([{ kind: 'timeout', scope: 'everywhere', by: 'staff' }])
})

test('[FLG-05] administrators suspend the account and end the stream; others may not', async () => {
  const { id, author } = await reportedLine('suspended')
  expect((await decide(id, house.host, { action: 'suspend' })).body.error.code).toBe('not_allowed')
  expect((await decide(id, staff, { action: 'suspend' })).body.error.code).toBe('not_allowed')
  expect((await decide(id, admin, { action: 'suspend', note: 'Enough.' })).status).toBe(200)
  expect(bench.suspended).toContain(author.userId)
  const [kept] = await sql`select suspended_at from users where id = ${author.userId}`
  expect(kept).toMatchObject({ suspended_at: expect.any(String) })
  await bench.streams.start(house.streamId, Date.now())
  const viewer = await bench.person('ender')
  const report = { targetType: 'stream', targetId: house.streamId, reason: 'illegal' }
  const { body } = await call('POST', '/reports', viewer, report)
  const end = { action: 'end_stream' }
  expect((await decide(body.id, house.host, end)).body.error.code).toBe('not_found')
  expect((await decide(body.id, staff, end)).status).toBe(200)
  expect(await bench.streams.find(house.streamId)).toMatchObject({ phase: 'ended' })
})

test('[FLG-05] one decision settles all flags about the same, once, whoever races', async () => {
  const { id, lineId, reporter } = await reportedLine('raced_flag')
  const second = await bench.person('second_reporter')
  const report = {
    targetType: 'message',
    targetId: lineId,
    streamId: house.streamId,
    reason: 'spam',
  }
  await call('POST', '/reports', second, report)
  const replies = await Promise.all(
    [house.host, house.moderator, staff].map((as) => decide(id, as, { action: 'warn' })),
  )
  const statuses = replies.map(({ status }) => status).sort((a, b) => a - b)
  expect(statuses).toEqual([200, 409, 409])
  await vi.waitFor(() => {
    for (const one of [reporter, second]) {
      expect(noticesOf(one)).toMatchObject([{ kind: 'report_resolved', text: 'warn' }])
    }
  })
  const left = await sql`select id from flags where target_id = ${lineId} and status <> 'resolved'`
  expect(left).toEqual([])
})

test('[FLG-05] flags move pending, reviewed, resolved, and not back by a decision', async () => {
  const { id } = await reportedLine('looked_at')
  const reviewed = { status: 'reviewed' }
  expect((await decide(id, staff, { ...reviewed, action: 'delete' })).body.error.code).toBe(
    'invalid',
  )
  expect((await decide(id, staff, reviewed)).body).toMatchObject({
    status: 'reviewed',
    measure: null,
  })
  expect((await decide(id, staff, reviewed)).body.error.code).toBe('already_decided')
  expect((await decide(id, staff, { action: 'none' })).body).toMatchObject({ status: 'resolved' })
  expect((await decide(id, staff, reviewed)).body.error.code).toBe('already_decided')
})

test('[FLG-05] what cannot be done, and whom one may not touch, leaves the flag waiting', async () => {
  const viewer = await bench.person('accuser')
  const report = { targetType: 'user', targetId: admin.userId, reason: 'other' }
  const { body } = await call('POST', '/reports', viewer, report)
  expect((await decide(body.id, staff, { action: 'delete' })).body.error.code).toBe('not_possible')
  // Nobody decides about themselves.
  expect((await decide(body.id, admin, { action: 'none' })).body.error.code).toBe('not_found')
  const { id, author } = await reportedLine('promoted')
  await sql`
    insert into channel_moderators (channel_id, user_id, granted_at)
    values (${house.channelId}, ${author.userId}, now())`
  const refused = await decide(id, house.moderator, { action: 'ban' })
  expect(refused.body.error.code).toBe('outranked')
  expect((await queue(staff)).flags.map((flag: { id: string }) => flag.id)).toContain(id)
})

test('[FLG-05] clearing an automatic flag lifts the mute that came with it', async () => {
  const viewer = await bench.person('cleared')
  const { channelId, streamId } = house
  await bench.moderation.punish({
    channelId,
    streamId,
    person: { id: viewer.userId, name: viewer.name, role: 'viewer' },
    text: 'Scunthorpe',
    verdict: { score: 0.9, category: 'profanity', matches: [] },
  })
  const { flags } = await queue(staff, `subject=${viewer.userId}`)
  expect(flags).toMatchObject([{ isAutomatic: true, score: expect.closeTo(0.9), reporter: null }])
  await decide(flags[0].id, staff, { action: 'none' })
  const standing = async () => (await call('GET', '/me/sanctions', viewer)).body.sanctions
  expect(await standing()).toMatchObject([{ stands: false }])
  // Taken back, the mute stands again, and its person is told.
  expect((await call('POST', `/moderation/flags/${flags[0].id}/reopen`, staff)).status).toBe(200)
  expect(await standing()).toMatchObject([{ stands: true }])
  await vi.waitFor(() => {
    expect(noticesOf(viewer).map(({ kind }) => kind)).toEqual([
      'sanction',
      'sanction_lifted',
      'sanction',
    ])
  })
})

test('[FLG-06] a decision is taken back within five minutes, with what it did', async () => {
  const { id, lineId } = await reportedLine('reopened')
  await decide(id, house.moderator, { action: 'delete' })
  const reopen = (as: Asker, flag = id) => call('POST', `/moderation/flags/${flag}/reopen`, as)
  expect((await reopen(await bench.person('nosy'))).body.error.code).toBe('not_found')
  expect((await reopen(house.moderator)).body).toMatchObject({ status: 'pending', measure: null })
  expect(await lineText(lineId)).toBe('awful reopened')
  expect((await reopen(house.moderator)).body.error.code).toBe('not_possible')
  const { id: late, author } = await reportedLine('too_late')
  await decide(late, admin, { action: 'suspend' })
  expect((await reopen(staff, late)).body.error.code).toBe('outranked')
  expect((await reopen(admin, late)).status).toBe(200)
  const roles = await sql`
    select by_role from moderation_actions where kind = 'flag_reopened' order by id`
  expect(roles.slice(-2)).toEqual([{ by_role: 'moderator' }, { by_role: 'admin' }])
  const [kept] = await sql`select suspended_at from users where id = ${author.userId}`
  expect(kept).toEqual({ suspended_at: null })
  await decide(late, admin, { action: 'none' })
  bench.pass(moderationLimits.undoForMs + 1_000)
  expect((await reopen(admin, late)).body.error.code).toBe('not_possible')
})

test('[FLG-05] every decision is in the record, under who made it', async () => {
  const { body } = await call('GET', '/admin/audit?kind=flag_resolved&limit=100', admin)
  const measures = body.actions.map((action: { details: { measure: string } }) => {
    return action.details.measure
  })
  expect(new Set(measures)).toEqual(
    new Set(['delete', 'timeout', 'suspend', 'end_stream', 'warn', 'none']),
  )
  const suspensions = await call('GET', '/admin/audit?kind=suspend', admin)
  expect(suspensions.body.actions).toMatchObject([
    { by: { role: 'admin' } },
    { by: { id: admin.userId, role: 'admin' }, reason: 'Enough.', target: { name: 'suspended' } },
  ])
})
