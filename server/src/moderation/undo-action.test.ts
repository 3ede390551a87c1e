// Taking back: once, in time, by who stands as high; what was replaced stands again.
import { moderationLimits } from '@odeon/rooms/protocol'
import { expect, test } from 'vitest'
import { actionOf, moderationBench } from './testing.ts'

const bench = await moderationBench()
const { moderation, database } = bench

type House = Awaited<ReturnType<typeof bench.house>>

async function take(...args: Parameters<typeof actionOf>) {
  const taken = await moderation.take(actionOf(...args))
  if ('refused' in taken) expect.fail(taken.refused)
  return taken.action
}

const undo = ({ channelId, streamId }: House, actionId: string, by: House['host']) =>
  moderation.undo({
    actionId,
    channelId,
    streamId,
    by: { id: by.userId, name: by.name, role: 'moderator' },
  })

test('[SAN-06] an undone ban lets the timeout before it stand again', async () => {
  const house = await bench.house('undone')
  const viewer = await bench.person('undone_one')
  const until = bench.world.now() + 3_600_000
  await take(house, house.host, 'timeout', viewer, { until })
  const ban = await take(house, house.host, 'ban', viewer)
  expect(await undo(house, ban.id, house.host)).toMatchObject({
    undone: { id: ban.id, kind: 'ban', target: { id: viewer.userId }, undoUntil: null },
    action: { kind: 'undo', undoUntil: null },
  })
  const standing = await database.sql`
    select kind from sanctions where user_id = ${viewer.userId} and lifted_at is null`
  expect(standing).toEqual([{ kind: 'timeout' }])
  expect(await undo(house, ban.id, house.host)).toEqual({ refused: 'no_such_action' })
})

test('[SAN-06] two who undo at the same time undo once', async () => {
  const house = await bench.house('undo_race')
  const ban = await take(house, house.host, 'ban', await bench.person('undo_raced'))
  const outcomes = await Promise.all([1, 2, 3].map(() => undo(house, ban.id, house.host)))
  expect(outcomes.filter((outcome) => 'undone' in outcome)).toHaveLength(1)
})

test('[SAN-06] not after five minutes, not what a higher role did, not in another channel', async () => {
  const house = await bench.house('undo_rules')
  const other = await bench.house('undo_other')
  const viewer = await bench.person('undo_ruled')
  const ban = await take(house, house.host, 'ban', viewer)
  expect(await undo(house, ban.id, house.moderator)).toEqual({ refused: 'outranked' })
  expect(await undo(house, ban.id, viewer)).toEqual({ refused: 'outranked' })
  expect(await undo(other, ban.id, other.host)).toEqual({ refused: 'no_such_action' })
  expect(await undo(house, 'nonsense', house.host)).toEqual({ refused: 'no_such_action' })
  const warning = await take(house, house.host, 'warn', viewer)
  expect(await undo(house, warning.id, house.host)).toEqual({ refused: 'no_such_action' })
  bench.pass(moderationLimits.undoForMs + 1)
  expect(await undo(house, ban.id, house.host)).toEqual({ refused: 'no_such_action' })
})

test('[SAN-07] the record can be added to and never changed, emptied or cut', async () => {
  const house = await bench.house('recorded')
  await take(house, house.host, 'warn', await bench.person('recorded_one'))
  const { sql } = database
  const attempts = [
    () => sql`update moderation_actions set reason = 'other'`,
    () => sql`delete from moderation_actions`,
    () => sql`truncate moderation_actions`,
  ]
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/only be added to/)
})

test('[SAN-07] an action whose record cannot be written does not happen', async () => {
  const house = await bench.house('allornone')
  const viewer = await bench.person('allornone_one')
  const details = { huge: 'x'.repeat(10_000) }
  await expect(
    moderation.take(actionOf(house, house.host, 'ban', viewer, { details })),
  ).rejects.toThrow('too long')
  expect(await database.sql`select from sanctions where user_id = ${viewer.userId}`).toEqual([])
})
