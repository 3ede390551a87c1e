// What a blocked line leads to: a flag, a mute that grows, and in the end a person who looks.
import { expect, test } from 'vitest'
import { houseLimits } from './limits.ts'
import { actionOf, listeningRoom, moderationBench } from './testing.ts'

const bench = await moderationBench()
const { moderation, database } = bench
const house = await bench.house('strict')
const verdict = { score: 0.95, category: 'insult' as const, matches: ['x'] }

type Named = { userId: string; name: string }
const punish = (person: Named) =>
  moderation.punish({
    channelId: house.channelId,
    streamId: house.streamId,
    person: { id: person.userId, name: person.name, role: 'viewer' },
    text: 'awful words',
    verdict,
  })
const flagsOf = (userId: string) => database.sql`
  select type, reason, excerpt, action, status, is_automatic from flags
  where subject_id = ${userId} order by id`

test('[SAN-10] mutes grow from 10 minutes to 1 hour, 24 hours, and then until somebody looks', async () => {
  const viewer = await bench.person('repeats')
  const room = listeningRoom('live_elsewhere', 'another channel')
  bench.rooms.push(room.room)
  for (const forMs of houseLimits.muteMs) {
    const at = bench.world.now()
    const sanction = await punish(viewer)
    expect(sanction).toMatchObject({ kind: 'timeout', by: 'house', scope: 'everywhere' })
    expect((sanction?.until ?? 0) - at).toBeLessThan(forMs + 2_000)
    expect((sanction?.until ?? 0) - at).toBeGreaterThanOrEqual(forMs)
    bench.pass(forMs + 1_000)
  }
  expect(await punish(viewer)).toMatchObject({ until: null, by: 'house' })
  expect(room.asked).toEqual(Array(4).fill(`refresh ${viewer.userId}`))
  const flag = { type: 'message', reason: 'insult', excerpt: 'awful words', action: 'delete' }
  expect(await flagsOf(viewer.userId)).toEqual(
    Array.from({ length: 4 }, () => ({ ...flag, status: 'pending', is_automatic: true })),
  )
  const recorded = await database.sql`
    select by_role, by_id from moderation_actions where target_id = ${viewer.userId}`
  expect(recorded).toEqual(Array.from({ length: 4 }, () => ({ by_role: 'house', by_id: null })))
})

test('[SAN-10] what is older than 30 days, and what was taken back, does not count', async () => {
  const viewer = await bench.person('forgiven')
  await punish(viewer)
  bench.pass(houseLimits.escalationMs + 1_000)
  const staff = await bench.person('forgiver', { platformRole: 'moderator' })
  expect(length(await punish(viewer))).toBe(houseLimits.muteMs[0])
  await moderation.take(actionOf(house, staff, 'untimeout', viewer))
  expect(length(await punish(viewer))).toBe(houseLimits.muteMs[0])
})

const length = (sanction: { until: number | null } | null) =>
  Math.round(((sanction?.until ?? 0) - bench.world.now()) / 60_000) * 60_000

test('[SAN-10] two devices at the same moment come to one mute and two flags', async () => {
  const viewer = await bench.person('twice')
  const [one, two] = await Promise.all([punish(viewer), punish(viewer)])
  expect(one?.id).toBe(two?.id)
  expect(await flagsOf(viewer.userId)).toHaveLength(2)
})

test('[SAN-11] hosts and moderators are never muted by the house; their lines are flagged', async () => {
  const staff = await bench.person('spared', { platformRole: 'admin' })
  for (const person of [house.host, house.moderator, staff]) {
    expect(await punish(person)).toBeNull()
    expect(await flagsOf(person.userId)).toHaveLength(1)
  }
})

test('[SAN-12] a moderator of a channel cannot lift what the house decided; staff can', async () => {
  const viewer = await bench.person('held')
  await punish(viewer)
  const lift = (by: Named) => moderation.take(actionOf(house, by, 'untimeout', viewer))
  expect(await lift(house.moderator)).toEqual({ refused: 'not_sanctioned' })
  const staff = await bench.person('lifter', { platformRole: 'moderator' })
  expect(await lift(staff)).toMatchObject({ sanction: { scope: 'everywhere' } })
})

test('[FLG-01] a line between the thresholds is flagged once, with its text and score', async () => {
  const viewer = await bench.person('middling')
  const line = {
    channelId: house.channelId,
    streamId: house.streamId,
    lineId: 'line-1',
    person: { id: viewer.userId, name: viewer.name, role: 'viewer' as const },
    text: 'so so',
    verdict: { ...verdict, score: 0.7 },
  }
  await moderation.flag(line)
  await moderation.flag(line)
  const flags = await flagsOf(viewer.userId)
  expect(flags).toMatchObject([{ action: 'warn', excerpt: 'so so', status: 'pending' }])
})
