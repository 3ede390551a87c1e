// Actions on a real database: who may, what stands afterwards, what is written, whom it is told.
import { moderationLimits } from '@odeon/rooms/protocol'
import { expect, test, vi } from 'vitest'
import { houseLimits } from './limits.ts'
import { actionOf, listeningRoom, moderationBench } from './testing.ts'

const bench = await moderationBench()
const { moderation, database } = bench
const { sql } = database

const audit = (channelId: string) =>
  sql<{ kind: string; by_role: string; target_name: string; reason: string; lines: object[] }>`
    select kind, by_role, target_name, reason, lines from moderation_actions
    where channel_id = ${channelId} order by id`

test('[SAN-01] rank decides, as the record says and whatever the asker claims', async () => {
  const house = await bench.house('ranked')
  const { host, moderator } = house
  const second = await bench.person('ranked_second')
  await sql`insert into channel_moderators (channel_id, user_id, granted_at)
    values (${house.channelId}, ${second.userId}, now())`
  const [viewer, staff] = [
    await bench.person('ranked_viewer'),
    await bench.person('ranked_staff', { platformRole: 'moderator' }),
  ]
  const warn = (by: typeof host, on: typeof host) =>
    moderation.take(actionOf(house, by, 'warn', on))
  expect(await warn(viewer, second)).toEqual({ refused: 'outranked' })
  expect(await warn(moderator, host)).toEqual({ refused: 'outranked' })
  expect(await warn(moderator, second)).toEqual({ refused: 'outranked' })
  expect(await warn(host, staff)).toEqual({ refused: 'outranked' })
  expect(await warn(staff, host)).toEqual({ refused: 'outranked' })
  expect(await warn(moderator, moderator)).toEqual({ refused: 'not_yourself' })
  const nobody = { ...viewer, userId: '01900000-0000-7000-8000-000000000000' }
  expect(await warn(host, nobody)).toEqual({ refused: 'no_such_person' })
  expect(await warn(host, { ...viewer, userId: 'me' })).toEqual({ refused: 'no_such_person' })
  expect(await audit(house.channelId)).toEqual([])
  for (const [by, on] of [
    [moderator, viewer],
    [host, moderator],
    [staff, second],
  ] as const) {
    expect(await warn(by, on)).toMatchObject({
      action: { kind: 'warn', target: { id: on.userId } },
    })
  }
  const roles = (await audit(house.channelId)).map((row) => row.by_role)
  expect(roles).toEqual(['moderator', 'host', 'staff'])
})

test('[SAN-02] a timeout stands until its end, is told and recorded with its lines', async () => {
  const house = await bench.house('timing')
  const viewer = await bench.person('timed')
  const until = bench.world.now() + 60_000
  const lines = [{ id: 'm1', userId: viewer.userId, text: 'bad\ud800' }]
  const more = { until, reason: 'Enough.', lines }
  const taken = await moderation.take(actionOf(house, house.moderator, 'timeout', viewer, more))
  expect(taken).toMatchObject({
    action: { by: { role: 'moderator' }, undoUntil: expect.any(Number), reason: 'Enough.' },
    sanction: { kind: 'timeout', until, by: 'moderator', scope: 'channel', mayAppeal: true },
  })
  expect(await audit(house.channelId)).toMatchObject([
    { kind: 'timeout', target_name: 'timed', lines: [{ id: 'm1', text: 'bad\ufffd' }] },
  ])
  await vi.waitFor(() =>
    expect(bench.notices.filter(({ userId }) => userId === viewer.userId)).toMatchObject([
      { kind: 'sanction', until, text: 'Enough.', from: null, channel: { handle: 'timing' } },
    ]),
  )
})

test('[SAN-02] timeouts stay within their bounds, whatever a room asks for', async () => {
  const house = await bench.house('bounded')
  const viewer = await bench.person('bounded_one')
  for (const [ms, granted] of [
    [1e15, moderationLimits.timeoutSecondsMax * 1_000],
    [-5, moderationLimits.timeoutSecondsMin * 1_000],
  ] as const) {
    const until = bench.world.now() + ms
    const taken = await moderation.take(actionOf(house, house.host, 'timeout', viewer, { until }))
    if ('refused' in taken) expect.fail(taken.refused)
    expect((taken.sanction?.until ?? 0) - taken.action.at).toBe(granted)
  }
})

test('[SAN-03] one decision stands: a newer timeout replaces, nothing goes over a ban', async () => {
  const house = await bench.house('single')
  const viewer = await bench.person('singled')
  const take = (kind: 'timeout' | 'ban' | 'untimeout' | 'unban') =>
    moderation.take(actionOf(house, house.host, kind, viewer))
  expect(await take('untimeout')).toEqual({ refused: 'not_sanctioned' })
  await take('timeout')
  await take('timeout')
  await take('ban')
  expect(await take('ban')).toEqual({ refused: 'already_so' })
  expect(await take('timeout')).toEqual({ refused: 'already_so' })
  expect(await take('untimeout')).toEqual({ refused: 'not_sanctioned' })
  const standing = await sql`
    select kind from sanctions where user_id = ${viewer.userId} and lifted_at is null`
  expect(standing).toEqual([{ kind: 'ban' }])
  expect(await take('unban')).toMatchObject({ action: { kind: 'unban' } })
  expect(await take('unban')).toEqual({ refused: 'not_sanctioned' })
})

test('[SAN-03] of many who ban at the same time one does, the others hear that it is so', async () => {
  const house = await bench.house('racing')
  const viewer = await bench.person('raced')
  const outcomes = await Promise.all(
    Array.from({ length: 6 }, () => moderation.take(actionOf(house, house.host, 'ban', viewer))),
  )
  expect(outcomes.filter((outcome) => 'action' in outcome)).toHaveLength(1)
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toHaveLength(5)
  expect(await audit(house.channelId)).toHaveLength(1)
})

test('[SAN-04] the host grants and takes back roles; guests get none, and there is a bound', async () => {
  const house = await bench.house('granting')
  const [viewer, guest] = [await bench.person('granted'), await bench.guest('Passing')]
  const take = (kind: 'grant' | 'revoke', on = viewer as { userId: string; name: string }) =>
    moderation.take(actionOf(house, house.host, kind, on, { details: { role: 'vip' } }))
  expect(await take('revoke')).toEqual({ refused: 'already_so' })
  expect(await take('grant', guest)).toEqual({ refused: 'accounts_only' })
  expect(await take('grant')).toMatchObject({ action: { kind: 'grant' } })
  expect(await take('grant')).toEqual({ refused: 'already_so' })
  const byModerator = actionOf(house, house.moderator, 'grant', viewer, {
    details: { role: 'moderator' },
  })
  expect(await moderation.take(byModerator)).toEqual({ refused: 'outranked' })
  expect(await take('revoke')).toMatchObject({ action: { kind: 'revoke' } })
  await sql`
    insert into users (id, kind, name, created_at)
    select gen_random_uuid(), 'guest', 'crowd', now()
    from generate_series(1, ${houseLimits.vipsMax})`
  await sql`
    insert into channel_vips (channel_id, user_id, granted_at)
    select ${house.channelId}, id, now() from users where name = 'crowd'`
  expect(await take('grant')).toEqual({ refused: 'too_many' })
})

test('[SAN-05] a purge takes the lines out of every room of the channel, archive included', async () => {
  const house = await bench.house('purging')
  const [viewer, other] = [await bench.person('purged'), await bench.person('kept')]
  const earlier = await bench.house('elsewhere')
  await sql`update streams set channel_id = ${house.channelId} where id = ${earlier.streamId}`
  for (const streamId of [house.streamId, earlier.streamId]) {
    await bench.say(streamId, 1, viewer, 'awful')
    await bench.say(streamId, 2, other, 'fine')
    const again = {
      seq: 3,
      at: 3,
      lines: [
        { id: 'm1', text: 'awful' },
        { id: 'm2', text: 'fine' },
      ],
    }
    await sql`
      insert into log_entries (room_id, seq, epoch, at, type, entry)
      values (${`live_${streamId}`}, 3, 1, now(), 'chat.restored', ${JSON.stringify(again)})`
    const quote = { id: 'm1', from: { id: viewer.userId, name: 'purged' }, text: 'awful' }
    await sql`
      update log_entries set entry = entry || ${JSON.stringify({ replyTo: quote })}::jsonb
      where room_id = ${`live_${streamId}`} and seq = 2`
  }
  const [acting, second, foreign] = [
    listeningRoom(`live_${house.streamId}`, house.channelId),
    listeningRoom(`live_${earlier.streamId}`, house.channelId),
    listeningRoom('live_foreign', earlier.channelId),
  ]
  bench.rooms.push(acting.room, second.room, foreign.room)
  const more = { details: { purge: true } }
  const taken = await moderation.take(actionOf(house, house.host, 'ban', viewer, more))
  expect(acting.asked).toEqual([])
  expect(foreign.asked).toEqual([])
  expect(second.asked).toEqual([`purge ${viewer.userId}`, `refresh ${viewer.userId}`])
  for (const streamId of [house.streamId, earlier.streamId]) {
    const kept = await bench.archived(streamId)
    expect(kept[0]).toMatchObject({ id: 'm1', text: '', removed: 'moderator' })
    expect(kept[1]).toMatchObject({ text: 'fine' })
    expect(JSON.stringify(kept)).not.toContain('awful')
    expect(JSON.stringify(kept[2])).toContain('fine')
  }
  if ('refused' in taken) expect.fail(taken.refused)
  const { channelId, streamId } = house
  const by = { id: house.host.userId, name: house.host.name, role: 'host' as const }
  await moderation.undo({ actionId: taken.action.id, channelId, streamId, by })
  expect(acting.asked).toEqual([])
  expect(second.asked.slice(2)).toEqual(['restore m1', `refresh ${viewer.userId}`])
  expect(JSON.stringify(await bench.archived(earlier.streamId)).match(/awful/g)).toHaveLength(2)
})
