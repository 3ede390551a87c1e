// A purge is complete however much somebody said: in steps, over a crash, and back again.
import { expect, test, vi } from 'vitest'
import { houseLimits } from './limits.ts'
import { effectsDue } from './pending-effects.ts'
import { takeAction } from './take-action.ts'
import { actionOf, listeningRoom, moderationBench } from './testing.ts'

const bench = await moderationBench()
const { database, moderation } = bench
const { sql } = database
const dying = { ...bench.deps, effects: { carryOut: async () => {} } }

type House = Awaited<ReturnType<typeof bench.house>>
const step = houseLimits.redactedAtOnceMax

/** Lines from `seq` on, each a millisecond behind the one before, all in the past. */
async function sayMany(streamId: string, userId: string, { seq, count }: Record<string, number>) {
  await sql`
    insert into log_entries (room_id, seq, epoch, at, type, sender_id, entry)
    select ${`live_${streamId}`}, n, 1, now() - interval '1 hour' + n * interval '1 millisecond',
      'chat.posted', ${userId}, jsonb_build_object('seq', n, 'at', n, 'id', 'm' || n,
        'from', jsonb_build_object('id', ${userId}::text, 'name', 'Ann'), 'text', 'awful ' || n)
    from generate_series(${seq}::int, ${(seq ?? 0) + (count ?? 0) - 1}::int) as n`
}
async function counts(streamId: string) {
  const [row] = await sql<{ shown: number; out: number }>`
    select count(*) filter (where entry ->> 'text' like 'awful%')::int as shown,
      count(*) filter (where entry ? 'removed')::int as out
    from log_entries where room_id = ${`live_${streamId}`} and type = 'chat.posted'`
  return row
}
async function settled() {
  await vi.waitFor(async () => expect(await effectsDue(sql, null)).toEqual([]), {
    timeout: 20_000,
  })
}
/** As the next start of a server does. */
async function startedAnew() {
  const stop = moderation.startUpkeep()
  await settled()
  await stop()
}
async function undo({ channelId, streamId, host }: House, actionId: string) {
  const by = { id: host.userId, name: host.name, role: 'host' as const }
  return await moderation.undo({ actionId, channelId, streamId, by })
}

test('[SAN-15] a purge takes out everything, in both rooms, and nothing of others or later', async () => {
  const house = await bench.house('long_said')
  const second = await bench.house('long_second')
  const foreign = await bench.house('long_foreign')
  await sql`update streams set channel_id = ${house.channelId} where id = ${second.streamId}`
  const [ann, bob] = [await bench.person('long_ann'), await bench.person('long_bob')]
  await sayMany(house.streamId, ann.userId, { seq: 1, count: 2 * step + 500 })
  await sayMany(second.streamId, ann.userId, { seq: 1, count: step })
  await sayMany(foreign.streamId, ann.userId, { seq: 1, count: step })
  await sayMany(house.streamId, bob.userId, { seq: 100_000, count: 10 })
  // The oldest line, quoted by somebody else.
  const quote = { replyTo: { id: 'm1', from: { id: ann.userId, name: 'Ann' }, text: 'awful 1' } }
  await sql`
    update log_entries set entry = entry || ${JSON.stringify(quote)}::jsonb
      || '{"text": "fine"}'::jsonb
    where room_id = ${`live_${house.streamId}`} and seq = 100000`
  await sql`
    insert into log_entries (room_id, seq, epoch, at, type, sender_id, entry)
    values (${`live_${house.streamId}`}, 200000, 1, now() + interval '1 minute', 'chat.posted',
      ${ann.userId}, '{"seq": 200000, "id": "late", "text": "awful later"}')`
  const taken = await moderation.take(actionOf(house, house.host, 'purge', ann))
  if ('refused' in taken) expect.fail(taken.refused)
  await settled()
  // Nine lines of Bob, and what Ann said later.
  expect(await counts(house.streamId)).toEqual({ shown: 9 + 1, out: 2 * step + 500 })
  expect(await counts(second.streamId)).toEqual({ shown: 0, out: step })
  expect(await counts(foreign.streamId)).toEqual({ shown: step, out: 0 })
  const quoted = (await bench.archived(house.streamId)).find((line) => line['seq'] === 100_000)
  expect(quoted).toMatchObject({ text: 'fine', replyTo: { id: 'm1', text: '' } })

  expect(await undo(house, taken.action.id)).toMatchObject({ undone: { kind: 'purge' } })
  await settled()
  expect(await counts(house.streamId)).toEqual({ shown: 2 * step + 500 + 10, out: 0 })
  expect(await counts(second.streamId)).toEqual({ shown: step, out: 0 })
  expect(await sql`select from removed_lines limit 1`).toEqual([])
}, 30_000)

test('[SAN-15] the newest go with the decision, the rest by the next start after a crash', async () => {
  const house = await bench.house('crashed_purge')
  const ann = await bench.person('crashed_ann')
  await sayMany(house.streamId, ann.userId, { seq: 1, count: step + 300 })
  const details = { purge: true }
  await takeAction(dying, actionOf(house, house.host, 'ban', ann, { details }))
  expect(await counts(house.streamId)).toEqual({ shown: 300, out: step })
  const newest = await sql`
    select min(seq)::int as seq from log_entries
    where room_id = ${`live_${house.streamId}`} and entry ? 'removed'`
  expect(newest).toEqual([{ seq: 301 }])
  // A room that opened between the two read lines that are gone a moment later.
  const { room, asked } = listeningRoom(`live_${house.streamId}`, house.channelId)
  bench.rooms.push(room)
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: 0, out: step + 300 })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.split(' ')).toHaveLength(1 + 300)
  bench.rooms.length = 0
})

test('[SAN-15] an undo ends a purge that is still under way', async () => {
  const house = await bench.house('half_purge')
  const ann = await bench.person('half_ann')
  await sayMany(house.streamId, ann.userId, { seq: 1, count: 2 * step })
  const taken = await takeAction(dying, actionOf(house, house.host, 'purge', ann))
  if ('refused' in taken) expect.fail(taken.refused)
  await undo(house, taken.action.id)
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: 2 * step, out: 0 })
})

test('[SAN-15] clearing a room is complete, too', async () => {
  const house = await bench.house('long_clear')
  const [ann, bob] = [await bench.person('clear_ann'), await bench.person('clear_bob')]
  await sayMany(house.streamId, ann.userId, { seq: 1, count: step })
  await sayMany(house.streamId, bob.userId, { seq: 10_000, count: step })
  await moderation.take(actionOf(house, house.host, 'clear', null))
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: 0, out: 2 * step })
})

test('[SAN-15] lines that an undo said again lose text and quotes alike', async () => {
  const house = await bench.house('said_again')
  const [ann, bob] = [await bench.person('again_ann'), await bench.person('again_bob')]
  await bench.say(house.streamId, 1, ann, 'awful words')
  await bench.say(house.streamId, 2, bob, 'what?')
  const quote = { id: 'm1', from: { id: ann.userId, name: 'Ann' }, text: 'awful words' }
  await sql`
    update log_entries set entry = entry || ${JSON.stringify({ replyTo: quote })}::jsonb
    where room_id = ${`live_${house.streamId}`} and seq = 2`
  // Bob's line is taken out and brought back, and between the two Ann's goes.
  const line = { id: 'm2', userId: bob.userId, text: 'what?' }
  const first = await moderation.take(actionOf(house, house.host, 'delete', bob, { lines: [line] }))
  const again = { seq: 3, at: 3, lines: [{ id: 'm2', text: 'what?', replyTo: quote }] }
  await sql`
    insert into log_entries (room_id, seq, epoch, at, type, entry)
    values (${`live_${house.streamId}`}, 3, 1, now(), 'chat.restored', ${JSON.stringify(again)})`
  await moderation.take(actionOf(house, house.host, 'purge', ann))
  if ('refused' in first) expect.fail(first.refused)
  await undo(house, first.action.id)
  await startedAnew()
  const kept = JSON.stringify(await bench.archived(house.streamId))
  expect(kept).not.toContain('awful')
  expect(kept.match(/what\?/g)).toHaveLength(2)
})

test('[SAN-16] of two purges, the undo of one leaves what the other covers, and none is lost', async () => {
  const house = await bench.house('twice_purged')
  const ann = await bench.person('twice_ann')
  await sayMany(house.streamId, ann.userId, { seq: 1, count: step + 10 })
  const take = async (...args: Parameters<typeof actionOf>) => {
    const taken = await moderation.take(actionOf(...args))
    if ('refused' in taken) expect.fail(taken.refused)
    return taken.action.id
  }
  const first = await take(house, house.host, 'purge', ann)
  await startedAnew()
  await sql`
    insert into log_entries (room_id, seq, epoch, at, type, sender_id, entry)
    values (${`live_${house.streamId}`}, 90000, 1, now(), 'chat.posted', ${ann.userId},
      '{"seq": 90000, "id": "between", "text": "awful between"}')`
  bench.pass(1_000)
  const second = await take(house, house.host, 'purge', ann)
  const cleared = await take(house, house.host, 'clear', null)
  const all = step + 11
  expect(await undo(house, first)).toMatchObject({
    standing: [{ actionId: cleared }, { actionId: second, of: { userId: ann.userId } }],
  })
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: 0, out: all })
  await undo(house, cleared)
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: 0, out: all })
  await undo(house, second)
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: all, out: 0 })
})

test('[SAN-16] the undo of a later removal leaves out what an earlier one has yet to reach', async () => {
  const house = await bench.house('earlier_purged')
  const ann = await bench.person('earlier_ann')
  await sayMany(house.streamId, ann.userId, { seq: 1, count: step + 2 })
  const first = await takeAction(dying, actionOf(house, house.host, 'purge', ann))
  const lines = [{ id: 'm1', userId: ann.userId, text: 'awful 1' }]
  const second = await moderation.take(actionOf(house, house.host, 'delete', ann, { lines }))
  if ('refused' in second || 'refused' in first) expect.fail('refused')
  await undo(house, second.action.id)
  expect(await counts(house.streamId)).toEqual({ shown: 1, out: step + 1 })
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: 0, out: step + 2 })
  await undo(house, first.action.id)
  await startedAnew()
  expect(await counts(house.streamId)).toEqual({ shown: step + 2, out: 0 })
})
