// Whoever judges a run of chaos must find each thing that can be wrong, and say nothing otherwise.
import { expect, test } from 'vitest'
import { type Evidence, judge } from './judge.ts'
import { readChaosPlan } from './plan.ts'
import { strike, type Victim } from './strike.ts'

const gift = { askId: 'a', from: 'ann', streamId: 's', coins: 50, unknown: 0, tookMs: 3 }
const row = { askId: 'a', from: 'ann', streamId: 's', n: 1, coins: 50, comboId: 'c', units: 2 }
const good: Evidence = {
  asked: [
    { ...gift, answer: { n: 1, comboId: 'c' } },
    { ...gift, askId: 'b', answer: { refused: 'host_away' } },
  ],
  looks: [0, 0],
  booked: [row],
  combos: { c: 2 },
  coins: { ann: 50 },
  toldCoins: { ann: 50 },
  ledgerFaults: [],
  waiting: 0,
  logged: { s: [1] },
  heard: { s: [1] },
  shown: [
    { points: { s: 50, t: 0 }, winner: 1 },
    { points: { s: 50, t: 0 }, winner: 1 },
  ],
  battle: { isOver: true, winner: 1, told: { s: 50, t: 0 }, folded: { s: 50, t: 0 } },
}
const wrong = (change: Partial<Evidence>) =>
  judge({ ...good, ...change }).flatMap(({ holds, name }) => (holds ? [] : [name]))

test('[LOD-35] books that agree with what was answered are found good', () => {
  expect(wrong({})).toEqual([])
})

const [acked, refused] = good.asked as [(typeof good.asked)[number], (typeof good.asked)[number]]
test.each<[string, Partial<Evidence>, string]>([
  ['a house that gives nothing', { asked: [refused] }, 'enough was given'],
  ['sums nobody looked at', { looks: [] }, 'enough was given'],
  ['people nobody told', { coins: {}, toldCoins: {} }, 'enough was given'],
  ['a lost gift', { booked: [], logged: { s: [] } }, 'every acknowledged gift is booked'],
  ['another price', { booked: [{ ...row, coins: 49 }] }, 'every acknowledged gift is booked'],
  ['a double', { booked: [row, { ...row, n: 2 }] }, 'no gift is booked twice'],
  ['a stranger', { booked: [row, { ...row, askId: 'z', n: 2 }] }, 'nobody asked for'],
  ['a paid refusal', { asked: [{ ...acked, answer: { refused: 'x' } }] }, 'paid nothing'],
  ['an open question', { asked: [acked, { ...refused, answer: undefined }] }, 'everybody knows'],
  ['a coin too many for a moment', { looks: [0, 1, 0] }, 'at every look'],
  ['a fault of the ledger', { ledgerFaults: ['x'] }, 'every account'],
  ['a combo that differs', { combos: { c: 3 } }, 'units of each combo'],
  ['an event that waits', { waiting: 1 }, 'outbox'],
  ['a balance not told', { toldCoins: { ann: 100 } }, 'told what they have'],
  ['a hole in the log', { logged: { s: [] } }, 'the log of each stream'],
  ['a gift heard twice', { heard: { s: [1, 1] } }, 'nobody heard of a gift twice'],
  ['another winner', { shown: [{ points: { s: 50, t: 0 }, winner: 2 }] }, 'the battle ends'],
  ['a battle without end', { battle: undefined }, 'the battle ends'],
])('%s is found', (_, change, name) => {
  expect(wrong(change).some((found) => found.includes(name))).toBe(true)
})

test('[LOD-35] each part dies before any dies again, in the order of the seed', async () => {
  const killed: string[] = []
  const victims = ['a', 'b'].map((name): Victim => {
    const kill = () => Promise.resolve(void killed.push(name))
    return { name, isUp: () => true, kill, restart: () => Promise.resolve() }
  })
  const pauses = { gapMsLeast: 1, gapMsMost: 3, deadMsMost: 1 }
  const untilMs = performance.now() + 200
  const deaths = await strike({ victims, seed: 4, untilMs, say: () => undefined, pauses })
  expect(deaths.map(({ victim }) => victim)).toEqual(killed)
  for (let at = 0; at + 1 < killed.length; at += 2) expect(killed[at]).not.toBe(killed[at + 1])
})

test('what may be chosen has bounds, and is refused by its name', () => {
  const read = (...args: string[]) => readChaosPlan(args, () => 7)
  expect(read('gifts', '--seconds', '20')).toEqual({
    seconds: 20,
    clients: 200,
    rate: 500,
    seed: 7,
  })
  expect(read()).toBeUndefined()
  expect(() => read('gifts', '--rate', 'x')).toThrow('--rate')
  expect(() => read('tea')).toThrow('not for tea')
})
