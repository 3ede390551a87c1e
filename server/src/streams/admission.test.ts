// What travels with a welcome: sanctions, VIP, follow age, marks of shared lists.
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { actionOf, moderationBench } from '../moderation/testing.ts'
import { admit } from './admission.ts'

const bench = await moderationBench()
const { database, moderation } = bench
const { sql } = database

type Bench = Awaited<ReturnType<typeof bench.house>>
const standingOf = async ({ streamId }: Bench, identity: Bench['host']) => {
  const admission = await admit(sql, { streamId, identity, at: bench.world.now() })
  if ('refused' in admission) expect.fail(admission.refused)
  return admission
}

test('[SAN-13] a ban from chat keeps nobody out; it stands in the welcome until it ends', async () => {
  const house = await bench.house('standing')
  const viewer = await bench.person('stander')
  const until = bench.world.now() + 60_000
  await moderation.take(actionOf(house, house.host, 'timeout', viewer, { until, reason: 'Hm.' }))
  expect(await standingOf(house, viewer)).toEqual({
    role: 'viewer',
    standing: {
      sanction: expect.objectContaining({ kind: 'timeout', until, reason: 'Hm.', by: 'host' }),
      isVip: false,
      followedAt: null,
    },
  })
  bench.pass(61_000)
  expect((await standingOf(house, viewer)).standing?.sanction).toBeNull()
})

test('[SAN-13] of several sanctions the heaviest is told: bans first, then the longest', async () => {
  const house = await bench.house('heaviest')
  const viewer = await bench.person('weighed')
  const { channelId, streamId } = house
  const verdict = { score: 1, category: 'hate' as const, matches: [] }
  const person = { id: viewer.userId, name: viewer.name, role: 'viewer' } as const
  await moderation.punish({ channelId, streamId, person, text: 'x', verdict })
  expect((await standingOf(house, viewer)).standing?.sanction).toMatchObject({ by: 'house' })
  const elsewhere = await bench.house('elsewhere_too')
  expect((await standingOf(elsewhere, viewer)).standing?.sanction).toMatchObject({
    scope: 'everywhere',
  })
  await moderation.take(actionOf(house, house.host, 'ban', viewer))
  expect((await standingOf(house, viewer)).standing?.sanction).toMatchObject({ kind: 'ban' })
})

test('[SAN-13] VIPs, followers and moderators of the channel are known as such', async () => {
  const house = await bench.house('knowing')
  const vip = await bench.person('very_important')
  const details = { role: 'vip' }
  await moderation.take(actionOf(house, house.host, 'grant', vip, { details }))
  await sql`
    insert into follows (channel_id, user_id, followed_at)
    values (${house.channelId}, ${vip.userId}, to_timestamp(1700000000))`
  expect(await standingOf(house, vip)).toMatchObject({
    role: 'viewer',
    standing: { isVip: true, followedAt: 1_700_000_000_000 },
  })
  expect(await standingOf(house, house.moderator)).toMatchObject({ role: 'moderator' })
})

test('[LST-05] who is on a list that the channel follows as a mark is marked, and not told', async () => {
  const [house, publisher] = [await bench.house('marking'), await bench.house('publishing')]
  const viewer = await bench.person('marked')
  const [listId, entryId] = [v7(), v7()]
  await sql`
    insert into ban_lists (id, channel_id, name, is_published, created_at)
    values (${listId}, ${publisher.channelId}, 'Bots', true, now())`
  await sql`
    insert into ban_list_entries (id, list_id, user_id, source, created_at)
    values (${entryId}, ${listId}, ${viewer.userId}, 'seen', now())`
  expect(await standingOf(house, viewer)).not.toHaveProperty('isMarked')
  await sql`
    insert into ban_list_subscriptions (list_id, channel_id, mode, created_at)
    values (${listId}, ${house.channelId}, 'mark', now())`
  expect(await standingOf(house, viewer)).toMatchObject({
    isMarked: true,
    standing: { sanction: null },
  })
  await sql`update ban_list_entries set expires_at = now() where id = ${entryId}`
  expect(await standingOf(house, viewer)).not.toHaveProperty('isMarked')
})
