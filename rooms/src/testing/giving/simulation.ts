/**
 * Two streams, four people who give, and a battle, with a clock and a line to the ledger that the
 * steps move: processes die, asks come late or never, people ask again (trust R11).
 */
import fc from 'fast-check'
import type { BattleRecord } from '../../battles/battle-record.ts'
import { battleLimits } from '../../battles/protocol.ts'
import type { StreamFacts } from '../../ports.ts'
import { countingWorld } from '../memory-ports.ts'
import { MemoryBattles } from '../memory-battles.ts'
import { memoryGiftKinds } from '../memory-gifts.ts'
import { type Fate, fates, LedgerGifts } from './ledger-gifts.ts'
import { type Fated, hostOf, idOf, SimulatedRoom } from './simulated-room.ts'

export const streams = [idOf(1, 1), idOf(1, 2)] as const
const people = [idOf(4, 1), idOf(4, 2), idOf(4, 3), idOf(4, 4)] as const
const coinsEach = 4_000

const room = fc.nat({ max: streams.length - 1 })
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 3_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 3_000, max: 30_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 30_000, max: 4_000_000 }) },
)
const moves = ['accept', 'reject', 'forfeit', 'mist', 'overtime', 'away', 'back'] as const
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('give'),
      room,
      from: fc.nat({ max: people.length - 1 }),
      gift: fc.nat({ max: memoryGiftKinds.length - 2 }),
      quantity: fc.integer({ min: 1, max: 9 }),
      fate: fc.constantFrom<Fate>('well', 'well', ...fates),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('again'), of: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('arrives'), of: fc.nat() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('passes'), ms: pause }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('flushes'), room, isHalf: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('dies'),
      room,
      isForgotten: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('beats'), room }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('aims'), room, coins: fc.nat(5_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('line'), isAway: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('invites'), room, isTaken: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('moves'), room, move: fc.constantFrom(...moves) }),
  },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
export const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 5, maxLength: 40 })

/** What somebody wants to give: the same id however often it is asked. */
export interface Wish {
  room: number
  from: string
  ask: { id: string; giftId: string; quantity: number }
  /** All that the client was told of it, in order. */
  told: Fated[]
}

const liveStream = (id: string): StreamFacts => ({
  id,
  channelId: id,
  channel: id,
  title: id,
  name: id,
  avatarUrl: null,
  category: null,
  language: null,
  country: null,
  hostId: hostOf(id),
  medium: 'video',
  phase: 'live',
  startedAt: 0,
  endedAt: 0,
})

const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

export class Simulation {
  readonly wishes: Wish[] = []
  readonly desk: LedgerGifts
  readonly rooms: SimulatedRoom[]
  readonly battles: MemoryBattles
  #now = 1_800_000_000_000
  #aims = 0

  constructor() {
    let ids = 0
    const world = { ...countingWorld(() => this.#now), newId: () => idOf(5, (ids += 1)) }
    this.desk = new LedgerGifts(() => this.#now)
    for (const one of people) this.desk.fill(one, coinsEach)
    this.rooms = streams.map((id) => new SimulatedRoom(id, this.desk, world))
    this.battles = new MemoryBattles(world, this.desk, liveStream)
  }

  async run(taken: readonly Step[]): Promise<void> {
    for (const one of taken) {
      await this.#take(one)
      await settled()
      await this.#tend()
    }
    await this.#heal()
  }

  /** What no moment may show: money made or lost, or somebody below nothing. */
  sums(): { total: number; below: string[] } {
    const accounts = this.desk.ledger.accounts()
    const total = accounts.reduce((sum, { balance }) => sum + balance, 0)
    const below = accounts.filter(({ kind, balance }) => kind === 'user' && balance < 0)
    return { total, below: below.map(({ key }) => key) }
  }

  get records(): BattleRecord[] {
    return [...this.battles.records.values()]
  }

  async #take(one: Step): Promise<void> {
    switch (one.do) {
      case 'give':
        return this.#give(one)
      case 'again':
        return this.#ask(this.wishes[one.of % Math.max(1, this.wishes.length)])
      case 'arrives':
        return this.desk.letGo(one.of)
      case 'passes':
        this.#now += one.ms
        return
      case 'line':
        this.desk.isAway = one.isAway
        return
      case 'invites':
        return this.#invite(one)
      case 'moves':
        return this.#move(one)
      default:
        return this.#inRoom(one)
    }
  }

  #inRoom(one: Step & { do: 'flushes' | 'dies' | 'beats' | 'aims' }): void {
    const at = this.rooms[one.room] as SimulatedRoom
    if (one.do === 'flushes') at.flush(one)
    else if (one.do === 'dies' && one.isForgotten) at.forget()
    else if (one.do === 'dies') at.kill()
    else if (one.do === 'beats') at.beat()
    else {
      this.#aims += 1
      at.aim(one.coins * 100 + this.#aims)
    }
  }

  #give({ room: at, from, gift, quantity, fate }: Step & { do: 'give' }): void {
    const giftId = memoryGiftKinds[gift]?.id ?? ''
    const id = `request-${this.wishes.length}`
    const wish = { room: at, from: people[from] ?? '', ask: { id, giftId, quantity }, told: [] }
    this.wishes.push(wish)
    this.desk.fate = fate
    this.#ask(wish)
  }

  #ask(wish: Wish | undefined): void {
    if (wish === undefined) return
    const at = this.rooms[wish.room] as SimulatedRoom
    void at.give(wish.from, wish.ask).then((fated) => wish.told.push(fated))
    this.desk.fate = 'well'
  }

  async #invite({ room: at, isTaken }: Step & { do: 'invites' }): Promise<void> {
    const [by, rival] = (at === 0 ? streams : streams.toReversed()) as [string, string]
    const terms = { partner: undefined, minutes: 1, giftId: null, terms: '' }
    const proposed = await this.battles.propose({ by, rivals: [rival], ...terms })
    if (!isTaken || 'refused' in proposed) return
    await this.battles.change(proposed.battle.id, { do: 'accept', streamId: rival })
    this.#now += battleLimits.countdownMs
  }

  async #move({ room: at, move }: Step & { do: 'moves' }): Promise<void> {
    const battle = this.records.at(-1)
    const streamId = streams[at] ?? ''
    if (battle === undefined) return
    const until = this.#now + 20_000
    await this.battles.change(
      battle.id,
      move === 'away' ? { do: move, streamId, until } : { do: move, streamId },
    )
  }

  async #tend(): Promise<void> {
    for (const { id, outcome } of this.records) {
      if (outcome === null) await this.battles.change(id, { do: 'tend' })
    }
  }

  /** The line is whole, what was held arrives, and everybody asks until they know. */
  async #heal(): Promise<void> {
    this.desk.isAway = false
    while (this.desk.held > 0) this.desk.letGo(0)
    await settled()
    for (const one of this.rooms) {
      await one.catchUp()
      one.flush()
    }
    await settled()
    for (const wish of this.wishes) if (wish.told.at(-1) === 'unknown') this.#ask(wish)
    await settled()
    for (const one of this.rooms) one.flush()
    await settled()
    // Combos close, and a battle that is under way comes to its end.
    for (let minutes = 0; minutes < 3; minutes += 1) {
      this.#now += 60_000
      await this.#tend()
      for (const one of this.rooms) {
        one.beat()
        one.flush()
      }
    }
  }
}
