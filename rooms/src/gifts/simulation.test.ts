/**
 * Ten thousand random lives of two rooms, a ledger and their battles, with a clock of their own. A
 * failure prints the seed, and the fewest steps that show it; `ODEON_SEED` repeats a run.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { teamsByPoints } from '../battles/score.ts'
import { type LedgerGifts, supportersOf } from '../testing/giving/ledger-gifts.ts'
import { Simulation, steps } from '../testing/giving/simulation.ts'
import type { SimulatedRoom } from '../testing/giving/simulated-room.ts'
import type { BattleRecord } from '../battles/battle-record.ts'
import type { GiftReceipt } from './gift-desk.ts'
import type { ComboClosed, GiftReply, GiftSent, GoalChanged } from './protocol.ts'

const isLong = process.env.ODEON_FAULTS === 'long'
const lives = isLong ? 100_000 : 10_000
/** The same lives for everybody who changes something, others each night. */
const seed = Number(process.env.ODEON_SEED ?? (isLong ? Date.now() % 2 ** 31 : 20_261_129))

const entries = <Entry>({ log }: SimulatedRoom, type: string) =>
  log.filter((one) => one.type === type).map(({ entry }) => entry as unknown as Entry)

function expectRoom(room: SimulatedRoom, desk: LedgerGifts): void {
  const receipts = desk.of(room.streamId)
  const told = entries<GiftSent>(room, 'gift.sent')
  const facts = ({
    id,
    n,
    giftId,
    quantity,
    coins,
    comboId,
    comboUnits,
  }: Omit<GiftSent, 'seq' | 'from'>) =>
    [id, n, giftId, quantity, coins, comboId, comboUnits].join(' ')
  expect(told.map(facts)).toEqual(receipts.map((one) => facts(one)))
  expect(told.map(({ n }) => n)).toEqual(told.map((_, index) => index + 1))

  const { n, coins, supporters } = room.gifts
  const sum = receipts.reduce((all, one) => all + one.coins, 0)
  expect([n, coins]).toEqual([receipts.length, sum])
  const shown = supporters
    .toArray()
    .map(({ id, name, coins: given }) => ({ id, name, coins: given }))
  expect(shown).toEqual(supportersOf(receipts).slice(0, 5))
  expectGoal(room)
  expectCombos(room, desk)
}

function expectGoal(room: SimulatedRoom): void {
  const { goal } = room.gifts
  const at = room.log.findLastIndex(({ type, entry }) => {
    return type === 'goal.changed' && entry['isReached'] === false
  })
  const { title, targetCoins } = (room.log[at]?.entry ?? {}) as Partial<GoalChanged>
  const since = room.log.slice(at + 1).filter(({ type }) => type === 'gift.sent')
  const given = since.reduce((all, { entry }) => all + Number(entry['coins']), 0)
  if (at >= 0 && !room.hasForgotten)
    expect(goal).toMatchObject({ title, targetCoins, coins: given })
}

/** Units of a combo are the sum of its gifts, and the last word on it says all of them. */
function expectCombos(room: SimulatedRoom, desk: LedgerGifts): void {
  const units = new Map<string, { units: number; gifts: number }>()
  for (const { comboId, quantity } of desk.of(room.streamId)) {
    const known = units.get(comboId) ?? { units: 0, gifts: 0 }
    units.set(comboId, { units: known.units + quantity, gifts: known.gifts + 1 })
  }
  const closed = new Map<string, number>()
  for (const { comboId, units: said } of entries<ComboClosed>(room, 'gift.combo_closed')) {
    // A successor may say it again.
    expect(said).toBeGreaterThanOrEqual(closed.get(comboId) ?? 0)
    closed.set(comboId, said)
  }
  for (const [comboId, one] of units) {
    const last = one.gifts > 1 ? one.units : undefined
    expect([comboId, closed.get(comboId)]).toEqual([comboId, last])
  }
}

/** As the rule says it, told apart from the code that scores. */
function factorOf({ startsAt, endsAt, windows }: BattleRecord, streamId: string, one: GiftReceipt) {
  const { askedAt, at } = one
  if (startsAt === 0 || askedAt < startsAt || askedAt >= endsAt || at >= endsAt + 2_000) return 0
  const isBoosted = windows.some((window) => {
    const isOwn = window.kind === 'boost' && window.streamId === streamId
    return isOwn && window.from <= askedAt && askedAt < window.until
  })
  return isBoosted ? 2 : 1
}

function expectBattle(battle: BattleRecord, desk: LedgerGifts): void {
  const { sides, outcome } = battle
  const sums = sides.map(({ streamId }) => {
    const counted = desk.of(streamId).map((one) => one.coins * factorOf(battle, streamId, one))
    return {
      streamId,
      points: counted.reduce((all, points) => all + points, 0),
      gifts: 0,
      people: 0,
    }
  })
  expect(outcome).not.toBeNull()
  if (outcome?.end !== 'won' && outcome?.end !== 'draw') return
  expect(outcome.points).toEqual(
    Object.fromEntries(sums.map(({ streamId, points }) => [streamId, points])),
  )
  const [first, second] = teamsByPoints(sides, sums)
  expect(outcome.winner).toBe(first?.points === second?.points ? null : first?.team)
}

test('[GFT-12] in ten thousand random lives each gift is given, told and counted once', async () => {
  process.stdout.write(`  lives with ODEON_SEED=${seed}\n`)
  const seen = { kills: 0, gifts: 0, refused: 0, replays: 0, decided: 0 }
  const property = fc.asyncProperty(steps, async (taken) => {
    const life = new Simulation()
    await life.run(taken)
    expect(life.sums()).toEqual({ total: 0, below: [] })
    for (const room of life.rooms) expectRoom(room, life.desk)
    for (const battle of life.records) expectBattle(battle, life.desk)
    for (const { room, ask, told } of life.wishes) {
      const answers = told.filter((one): one is GiftReply => typeof one === 'object')
      const given = life.desk.of(life.rooms[room]?.streamId ?? '')
      const isThere = given.some(({ id }) => id === answers[0]?.id)
      expect(told.at(-1), ask.id).not.toBe('unknown')
      expect(new Set(answers.map(({ n }) => n)).size, ask.id).toBe(isThere ? 1 : 0)
      seen.refused += told.includes('no') ? 1 : 0
      seen.replays += answers.length > 1 ? 1 : 0
    }
    seen.kills += taken.filter((one) => one.do === 'dies').length
    seen.gifts += life.rooms.reduce((all, { gifts }) => all + gifts.n, 0)
    seen.decided += life.records.filter(({ outcome }) => outcome?.end === 'won').length
  })
  await fc.assert(property, { numRuns: lives, seed, endOnFailure: false })
  process.stdout.write(`  ${JSON.stringify(seen)}\n`)
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(lives / 50)
}, 900_000)
