// Lists that channels share: opted into, marking or banning, and revocation that reaches everybody.
import { expect, test, vi } from 'vitest'
import { admit } from '../../streams/admission.ts'
import { listeningRoom, moderationBench } from '../testing.ts'
import { listLimits } from './list-limits.ts'

const bench = await moderationBench()
const { call, database } = bench
const { sql } = database
const [keeper, one, two] = [
  await bench.house('keeper'),
  await bench.house('follower_one'),
  await bench.house('follower_two'),
]
type Bench = typeof keeper

const lists = (house: Bench) => `/channels/${house.handle}/ban-lists`
async function newList(words: object = { isPublished: true }) {
  const { body } = await call('POST', lists(keeper), keeper.host, { name: 'Bots', ...words })
  return body.id as string
}
const add = (listId: string, userId: string, more: object = {}) =>
  call('POST', `${lists(keeper)}/${listId}/entries`, keeper.moderator, { userId, ...more })
const follow = (house: Bench, listId: string, mode: string) =>
  call('PUT', `${lists(house)}/${listId}/subscription`, house.host, { mode })
async function standing(house: Bench, person: Awaited<ReturnType<typeof bench.person>>) {
  const asked = { streamId: house.streamId, identity: person, at: bench.world.now() }
  const admission = await admit(sql, asked)
  if ('refused' in admission) expect.fail(admission.refused)
  return { ban: admission.standing?.sanction ?? null, isMarked: admission.isMarked ?? false }
}
const nothing = { ban: null, isMarked: false }

test('[LST-01] a channel keeps lists; only published ones are seen and followed by others', async () => {
  const [shown, hidden] = [await newList(), await newList({ name: 'Private' })]
  const seen = await call('GET', `${lists(one)}?of=published&query=bot`, one.moderator)
  expect(seen.body.lists).toMatchObject([
    { id: shown, name: 'Bots', channel: { handle: 'keeper' }, entries: 0, mode: null },
  ])
  expect((await follow(one, hidden, 'ban')).body.error.code).toBe('no_such_list')
  expect((await follow(one, shown, 'mark')).status).toBe(204)
  const followed = await call('GET', `${lists(one)}?of=followed`, one.moderator)
  expect(followed.body.lists).toMatchObject([{ id: shown, mode: 'mark', subscribers: 1 }])
  const wild = await call('GET', `${lists(one)}?of=published&query=%25_`, one.moderator)
  expect(wild.body.lists).toEqual([])
})

test('[LST-02] an entry bans in the channels that follow the list as a ban, and marks in others', async () => {
  const listId = await newList()
  const bad = await bench.person('listed_one')
  await follow(one, listId, 'ban')
  await follow(two, listId, 'mark')
  const room = listeningRoom('live_one', one.channelId)
  bench.rooms.push(room.room)
  const added = await add(listId, bad.userId, { reason: 'Bot.', source: 'seen at keeper' })
  expect(added.status).toBe(201)
  expect(new Set(room.asked)).toEqual(new Set([`refresh ${bad.userId}`]))
  expect(await standing(one, bad)).toMatchObject({ ban: { kind: 'ban', reason: 'Bot.' } })
  expect(await standing(two, bad)).toEqual({ ban: null, isMarked: true })
  // Not in the channel that keeps it, unless it follows its own list.
  expect(await standing(keeper, bad)).toEqual(nothing)
  await vi.waitFor(() =>
    expect(bench.notices.filter(({ userId }) => userId === bad.userId)).toMatchObject([
      { kind: 'sanction', channel: { handle: 'follower_one' } },
    ]),
  )
  expect((await add(listId, bad.userId)).body.error.code).toBe('already_so')
  bench.rooms.length = 0
})

test('[LST-03] revoking an entry lifts what it caused everywhere, and nothing else', async () => {
  const listId = await newList()
  const bad = await bench.person('revoked_one')
  await follow(one, listId, 'ban')
  await follow(two, listId, 'ban')
  const { body } = await add(listId, bad.userId)
  const own = { userId: bad.userId, kind: 'timeout', seconds: 600 }
  await call('POST', '/channels/follower_two/sanctions', two.host, own)
  const revoke = () =>
    call('DELETE', `${lists(keeper)}/${listId}/entries/${body.id}`, keeper.moderator)
  expect((await revoke()).status).toBe(204)
  expect((await revoke()).body.error.code).toBe('no_such_entry')
  expect(await standing(one, bad)).toEqual(nothing)
  expect(await standing(two, bad)).toMatchObject({ ban: { kind: 'timeout' } })
})

test('[LST-03] unfollowing, another mode, unpublishing and removing lift what a list caused', async () => {
  const bad = await bench.person('shifting')
  const listId = await newList()
  await add(listId, bad.userId)
  await follow(one, listId, 'ban')
  expect(await standing(one, bad)).toMatchObject({ ban: { kind: 'ban' } })
  await follow(one, listId, 'mark')
  expect(await standing(one, bad)).toEqual({ ban: null, isMarked: true })
  await follow(one, listId, 'ban')
  await call('DELETE', `${lists(one)}/${listId}/subscription`, one.host)
  expect(await standing(one, bad)).toEqual(nothing)
  await follow(one, listId, 'ban')
  await call('PATCH', `${lists(keeper)}/${listId}`, keeper.host, { isPublished: false })
  expect(await standing(one, bad)).toEqual(nothing)
  await call('PATCH', `${lists(keeper)}/${listId}`, keeper.host, { isPublished: true })
  await follow(one, listId, 'ban')
  expect((await call('DELETE', `${lists(keeper)}/${listId}`, keeper.host)).status).toBe(204)
  expect(await standing(one, bad)).toEqual(nothing)
})

test('[LST-04] entries end by themselves, spare crews, and a channel may pardon for itself', async () => {
  const listId = await newList()
  const [brief, bad] = [await bench.person('brief_one'), await bench.person('pardoned')]
  await follow(one, listId, 'ban')
  const expiresAt = bench.world.now() + 60_000
  expect((await add(listId, brief.userId, { expiresAt: 5 })).body.error.code).toBe('in_the_past')
  await add(listId, brief.userId, { expiresAt })
  expect(await standing(one, brief)).toMatchObject({ ban: { until: expiresAt } })
  await add(listId, one.moderator.userId)
  expect(await standing(one, one.moderator)).toEqual(nothing)
  expect((await add(listId, keeper.host.userId)).body.error.code).toBe('outranked')
  await add(listId, bad.userId)
  const path = `/channels/follower_one/sanctions/${bad.userId}`
  expect((await call('DELETE', path, one.host)).status).toBe(204)
  expect(await standing(one, bad)).toEqual(nothing)
  bench.pass(61_000)
  expect(await standing(one, brief)).toEqual(nothing)
})

test('[LST-06] lists, entries and subscriptions are bounded', async () => {
  const listId = await newList()
  await sql`
    insert into users (id, kind, name, created_at)
    select gen_random_uuid(), 'guest', 'listed crowd', now()
    from generate_series(1, ${listLimits.entriesMax})`
  await sql`
    insert into ban_list_entries (id, list_id, user_id, source, created_at)
    select gen_random_uuid(), ${listId}, id, 'x', now() from users where name = 'listed crowd'`
  const late = await bench.person('one_too_many')
  expect((await add(listId, late.userId)).body.error.code).toBe('too_many')
  // A full list is followed at once, in one statement.
  expect((await follow(two, listId, 'ban')).status).toBe(204)
  const [caused] = await sql`
    select count(*)::int as bans from sanctions s join ban_list_entries e on e.id = s.list_entry_id
    where e.list_id = ${listId} and s.channel_id = ${two.channelId} and s.lifted_at is null`
  expect(caused).toEqual({ bans: listLimits.entriesMax })
  const replies = await Promise.all(
    Array.from({ length: listLimits.listsPerChannelMax + 2 }, () =>
      call('POST', lists(two), two.host, { name: 'Many' }),
    ),
  )
  const made = replies.filter(({ status }) => status === 201)
  expect(made).toHaveLength(listLimits.listsPerChannelMax)
})
