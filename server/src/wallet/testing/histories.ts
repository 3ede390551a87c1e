/** Random histories of a few people who give, hold, gift and ask again, as transfers to ask. */
import { prepareTransfer, shareGift } from '@odeon/rooms'
import type { AccountRef, TransferAsk } from '@odeon/rooms/ports'
import fc from 'fast-check'

export const peopleInHistory = 3

const person = fc.nat({ max: peopleInHistory })
const amount = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 0.5, 100_000_000_001) },
)
const currency = fc.constantFrom('coin', 'coin', 'bonus', 'hours')
const expires = fc.constantFrom(1_000, 1_000, 1_000, 0)

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fill'), to: person, amount, currency }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('give'), from: person, to: person, amount, currency }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('gift'), from: person, to: person, amount }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('spend'), from: person, amount, currency }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('hold'), from: person, amount, currency, expires }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('resolve'), of: fc.nat(), to: person, amount }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('again'), of: fc.nat(), isOther: fc.boolean() }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Some have something from the beginning, so that holds and gifts are not all refused. */
const filled = [0, 1].map((to): Step => ({ do: 'fill', to, amount: 60, currency: 'coin' }))

export const history: fc.Arbitrary<Step[]> = fc
  .array(step, { minLength: 1, maxLength: 8 })
  .map((steps) => [...filled, ...steps])

export interface Scene {
  /** Tells one history from another. */
  name: string
  people: string[]
  streamId: string
  comboId: string
  now: number
}

/** What is asked, in order. One more than the people there are is somebody who is not. */
export function asksOf(steps: readonly Step[], scene: Scene): TransferAsk[] {
  const asks: TransferAsk[] = []
  for (const [at, one] of steps.entries()) asks.push(askOf(one, { ...scene, asks, at }))
  return asks
}

/** Is no person. */
export const nobody = '00000000-0000-4000-8000-00000000dead'

function askOf(one: Step, scene: Scene & { asks: TransferAsk[]; at: number }): TransferAsk {
  const { asks, at, name, now } = scene
  const ask = (movement: TransferAsk['movement']): TransferAsk => {
    return { id: `${name}-${at}`, by: 'histories', kind: one.do, movement, details: { at } }
  }
  const user = (who: number, of: string) =>
    ({ kind: 'user', userId: scene.people[who] ?? nobody, currency: of }) as AccountRef
  const house = (kind: string, of: string) => ({ kind, currency: of }) as AccountRef
  const post = (from: AccountRef, to: AccountRef, units: number) =>
    ask({ do: 'post', legs: [{ from, to, amount: units }] })
  switch (one.do) {
    case 'fill': {
      const from = house(one.currency === 'coin' ? 'gateway' : 'issuer', one.currency)
      return post(from, user(one.to, one.currency), one.amount)
    }
    case 'give':
      return post(user(one.from, one.currency), user(one.to, one.currency), one.amount)
    case 'spend':
      return post(user(one.from, one.currency), house('platform', one.currency), one.amount)
    case 'gift': {
      const [from, to] = [scene.people[one.from] ?? nobody, scene.people[one.to] ?? nobody]
      const legs = shareGift({ from, to, coins: one.amount, creatorShareBps: 7_000 })
      const combo = { id: scene.comboId, units: 1 + (at % 3) }
      const countedIn = { streamId: scene.streamId, supporterId: from, combo }
      return { ...ask({ do: 'post', legs }), countedIn }
    }
    case 'hold': {
      const { currency: of, amount: units, expires: ms } = one
      return ask({ do: 'hold', from: user(one.from, of), amount: units, expiresAt: now + ms })
    }
    case 'resolve': {
      const holds = asks.filter(({ movement }) => movement.do === 'hold')
      const hold = holds[one.of % Math.max(holds.length, 1)]
      const of = hold?.movement.do === 'hold' ? hold.movement.from.currency : 'coin'
      const holdId = hold === undefined ? nobody : prepareTransfer(hold).id
      const to = one.to === 0 ? [] : [{ to: user(one.to, of), amount: one.amount }]
      return ask({ do: 'resolve', holdId, to })
    }
    case 'again': {
      const known = asks[one.of % Math.max(asks.length, 1)]
      if (known === undefined) return ask({ do: 'post', legs: [] })
      return one.isOther ? { ...known, details: { at: -1 } } : known
    }
    default:
      return ask({ do: 'post', legs: [] })
  }
}
