// Battles in PostgreSQL: one at a time, nobody twice at once, and the same score as the pure fold.
import { LocalPresence } from '@colyseus/core'
import { battleLimits, pointsOfGift } from '@odeon/rooms'
import type { BattleRecord, GiftReceipt } from '@odeon/rooms/ports'
import fc from 'fast-check'
import { beforeAll, expect, it, vi } from 'vitest'
import { houseGifts } from '../gifts/house-gifts.ts'
import { usualCreatorShareBps as creatorShareBps } from '../gifts/settings.ts'
import { giftDesk } from '../gifts/gift-desk.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { realWorld } from '../platform/world.ts'
import { streamsApp } from '../streams/testing.ts'
import { walletSide } from '../wallet/wallet-side.ts'
import { battleDesk } from './battle-desk.ts'

const app = await streamsApp()
const { database } = app
const clock = { ahead: 0 }
const now = () => Date.now() + clock.ahead
const presence = new LocalPresence()
const shared = { database, presence, now, newId: realWorld.newId, log: quietLog }
const [desk, other] = [battleDesk(shared), battleDesk(shared)]
const { ledger, reads } = walletSide(shared)
const gifts = giftDesk({
  sql: database.sql,
  ledger,
  reads,
  kinds: houseGifts,
  creatorShareBps,
  tierOf: async () => 0,
})
const people: { userId: string; name: string }[] = []
const giver = () => people[0] as { userId: string; name: string }

beforeAll(async () => {
  people.push(await app.person('giver'))
  const legs = [
    {
      from: { kind: 'gateway' as const, currency: 'coin' as const },
      to: { kind: 'user' as const, userId: giver().userId, currency: 'coin' as const },
      amount: 100_000_000,
    },
  ]
  await ledger.transfer({ id: 'top-up', by: 'test', kind: 'topup', movement: { do: 'post', legs } })
})

let made = 0
async function liveStream(medium: 'video' | 'audio' = 'video') {
  const host = await app.person(`host${(made += 1)}`)
  const stream = await app.streams.create(host.userId, { title: 'A battle', medium })
  if (!('id' in stream)) throw new Error('no stream')
  await app.streams.start(stream.id, now())
  return { id: stream.id, hostId: host.userId }
}
const challenge = (by: string, rivals: string[], more: object = {}) =>
  desk.propose({ by, rivals, partner: undefined, minutes: 1, giftId: null, terms: '', ...more })
const opened = async (by: string, rivals: string[], more: object = {}): Promise<BattleRecord> => {
  const answered = await challenge(by, rivals, more)
  if ('refused' in answered) throw new Error(answered.refused)
  return answered.battle
}
const accepted = async ({ id }: BattleRecord, streamId: string): Promise<BattleRecord> => {
  const answered = await desk.change(id, { do: 'accept', streamId })
  if ('refused' in answered) throw new Error(answered.refused)
  return answered.battle
}

it('[BTL-02] a stream is in one battle at a time, whoever asks at once', async () => {
  const [a, b, c] = [await liveStream(), await liveStream(), await liveStream()]
  const asked = await Promise.all([
    challenge(a.id, [c.id]),
    challenge(b.id, [c.id]),
    other.propose({
      by: c.id,
      rivals: [a.id, b.id],
      partner: undefined,
      minutes: 5,
      giftId: null,
      terms: '',
    }),
  ])
  const refused = asked.flatMap((one) => ('refused' in one ? [one.refused] : []))
  expect(refused).toEqual(['battle_busy', 'battle_busy'])
  const [battle] = asked.flatMap((one) => ('battle' in one ? [one.battle] : []))
  // Over by itself, also when no room is left to say so.
  clock.ahead += battleLimits.inviteMs
  expect(await challenge(c.id, [b.id])).toHaveProperty('battle')
  expect((await desk.of(c.id))?.id).not.toBe(battle?.id)
  const voices = await liveStream('audio')
  expect(await challenge(a.id, [voices.id])).toEqual({ refused: 'not_for_voices' })
  expect(await challenge('nobody', [b.id])).toEqual({ refused: 'unknown_rival' })
  expect(await desk.change('nobody', { do: 'tend' })).toEqual({ refused: 'no_battle' })
})

it('[BTL-02] who turned a challenge down, or is blocked, is left alone', async () => {
  const [a, b] = [await liveStream(), await liveStream()]
  const { id } = await opened(a.id, [b.id])
  await desk.change(id, { do: 'reject', streamId: b.id })
  expect(await challenge(a.id, [b.id])).toEqual({ refused: 'battle_declined' })
  // The other way round it is their own wish.
  const back = await opened(b.id, [a.id])
  await desk.change(back.id, { do: 'reject', streamId: b.id })
  clock.ahead += battleLimits.againAfterMs
  clock.ahead += battleLimits.inviteMs
  const again = await opened(a.id, [b.id])
  // What came to nothing is not kept for ever.
  const kept = await database.sql<{
    id: string
  }>`select id from battles where id in (${id}, ${again.id})`
  expect(kept.map((one) => one.id)).toEqual([again.id])
  for (const _ of [1, 2, 3]) {
    const open = await desk.of(a.id)
    await desk.change(open?.id ?? again.id, { do: 'reject', streamId: a.id })
    if (_ < 3) await opened(a.id, [b.id])
  }
  expect(await challenge(a.id, [b.id])).toEqual({ refused: 'battle_declined' })
  const [c, d] = [await liveStream(), await liveStream()]
  await database.sql`
    insert into blocks (blocker_id, blocked_id, created_at)
    values (${d.hostId}, ${c.hostId}, now())`
  expect(await challenge(c.id, [d.id])).toEqual({ refused: 'battle_declined' })
  expect(await challenge(d.id, [c.id])).toEqual({ refused: 'battle_declined' })
})

it('[BTL-08] rooms of all processes are told, and who tends at once settles once', async () => {
  const [a, b] = [await liveStream(), await liveStream()]
  const [heardA, heardB] = [vi.fn(), vi.fn()]
  const stops = [
    desk.watch(a.id, { changed: heardA, scored: vi.fn() }),
    other.watch(b.id, { changed: heardB, scored: vi.fn() }),
  ]
  const battle = await accepted(await opened(a.id, [b.id]), b.id)
  clock.ahead += battleLimits.countdownMs + 60_000 + battleLimits.tallyMs
  const all = await Promise.all(
    Array.from({ length: 8 }, (_, at) => (at % 2 ? desk : other).change(battle.id, { do: 'tend' })),
  )
  const outcomes = all.map((one) => 'battle' in one && one.battle.outcome)
  expect(outcomes[0]).toMatchObject({ end: 'draw', winner: null })
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0])
  await vi.waitFor(() => {
    for (const heard of [heardA, heardB]) {
      expect(heard.mock.calls.map(([one]) => (one as BattleRecord).version)).toEqual([1, 2, 3])
    }
  })
  for (const stop of stops) stop()
  // A new one may begin.
  expect(await challenge(a.id, [b.id])).toHaveProperty('battle')
})

it('[BTL-03] [BTL-05] the ledger is folded as the rooms fold it, gift by gift', async () => {
  const moments = fc.record({
    afterMs: fc.oneof(fc.integer({ min: -2_000, max: 70_000 }), fc.constantFrom(0, 60_000, 3_000)),
    giftId: fc.constantFrom('rose', 'momo', 'lantern'),
    quantity: fc.integer({ min: 1, max: 20 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(moments, { maxLength: 12 }),
      fc.constantFrom(null, 'momo'),
      fc.array(fc.nat(60_000), { maxLength: 3 }),
      async (given, giftId, boosts) => {
        const [a, b] = [await liveStream(), await liveStream()]
        const battle = await accepted(await opened(a.id, [b.id], { giftId }), b.id)
        const windows = boosts.map((from) => {
          const begins = battle.startsAt + from
          return { kind: 'boost' as const, streamId: a.id, from: begins, until: begins + 5_000 }
        })
        const boosted = { ...battle, windows }
        const receipts: GiftReceipt[] = []
        for (const [at, { afterMs, quantity, giftId: kind }] of given.entries()) {
          const outcome = await gifts.send({
            id: `gift-${at}-${battle.id}`,
            streamId: a.id,
            from: { id: giver().userId, name: giver().name },
            to: a.hostId,
            giftId: kind,
            quantity,
            comboId: realWorld.newId(),
            askedAt: battle.startsAt + afterMs,
          })
          if ('receipt' in outcome) receipts.push(outcome.receipt)
        }
        expect(receipts).toHaveLength(given.length)
        const sum = receipts.reduce((all, one) => all + pointsOfGift(boosted, a.id, one), 0)
        await desk.reacted(battle.id, a.id, 250)
        await desk.reacted(battle.id, a.id, 190)
        const sides = await desk.points(boosted)
        const reactions = giftId === null ? 2 : 0
        expect(sides[0]).toMatchObject({
          giftPoints: sum,
          toN: given.length,
          reactions: 250,
          points: sum + reactions,
        })
        expect(sides[1]).toMatchObject({ giftPoints: 0, points: 0 })
      },
    ),
    { seed: 6_112_026, numRuns: 12 },
  )
})
