/**
 * The gifts of a room: what the ledger has, told to everybody in its order, each once. Nothing
 * here adds up coins that count: sums are the ledger's, copied.
 */
import type { Scope } from '../kit/command.ts'
import type { Person } from '../kit/protocol.ts'
import { Combos } from './combos.ts'
import type { GiftDesk, GiftReceipt } from './gift-desk.ts'
import { HypeTrains } from './hype-train.ts'
import { type GiftEvents, giftLimits, throneLimits } from './protocol.ts'
import { type Gifts, Supporter } from './state.ts'
import { ThroneRoom } from './throne.ts'

export interface GiftHouseParts {
  streamId: string
  gifts: Gifts
  desk: GiftDesk
  announce: Scope<unknown, GiftEvents>['announce']
  now: () => number
  /** How somebody appears who gave. */
  personOf: (from: { id: string; name: string }) => Person
  /** Told of each gift behind the state, in order. */
  heard?: ((receipt: GiftReceipt) => void) | undefined
  /** Brings the state to where the log is; absent when it is there. */
  recall?: (() => Promise<void>) | undefined
}

const readMax = 500
/** While gifts come, what another process or program added is looked for so often. */
const lookEveryMs = 10_000

export class GiftHouse {
  readonly combos = new Combos()
  readonly #parts: GiftHouseParts
  readonly #throne = new ThroneRoom()
  readonly #trains: HypeTrains
  /** Came ahead of one before them. */
  readonly #early = new Map<number, GiftReceipt>()
  #reading: Promise<void> | undefined
  #isOpen = false
  #lookAt = 0

  constructor(parts: GiftHouseParts) {
    this.#parts = parts
    this.#trains = new HypeTrains(parts.gifts.train)
  }

  /**
   * Takes up what the ledger has from before; gifts that nobody was told of are told. Until then
   * no gift is, so one that fails is tried again with the next gift or look.
   */
  open(): Promise<void> {
    return this.catchUp()
  }

  async #recall(): Promise<void> {
    const { desk, streamId, gifts, now, recall } = this.#parts
    await recall?.()
    const since = now() - throneLimits.windowMs
    const before = gifts.n
    const range = { since, toN: before, peopleMax: throneLimits.claimantsMax }
    const given = await desk.given(streamId, range)
    const last = await desk.after(streamId, Math.max(0, before - readMax), readMax)
    for (const one of given) this.#throne.give(one)
    this.#trains.recall(given)
    for (const receipt of last) if (receipt.n <= before) this.combos.add(receipt)
    this.#isOpen = true
  }

  /** Everything behind what the log has, in order. One reading at a time. */
  catchUp(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  /** A gift of this room: in the log when it resolves, and everything before it. */
  async take(receipt: GiftReceipt): Promise<void> {
    const { gifts } = this.#parts
    if (this.#isOpen && receipt.n <= gifts.n) return
    if (this.#isOpen && receipt.n === gifts.n + 1) return this.#tell(receipt)
    this.#early.set(receipt.n, receipt)
    await this.catchUp()
    // What was read began before this one was there.
    if (receipt.n > gifts.n) await this.catchUp()
  }

  /** About once a second. */
  beat(now: number): void {
    if (!this.#isOpen) return
    for (const { id: comboId, from, giftId, units, gifts } of this.combos.close(now)) {
      if (gifts < 2) continue
      this.#parts.announce('gift.combo_closed', { comboId, from, giftId, units })
    }
    for (const moved of this.#trains.beat(now)) this.#parts.announce('train.moved', moved)
    this.#settleThrone(now)
  }

  /** True now and then: something may have been given that this process did not see. */
  isDue(now: number): boolean {
    if (now < this.#lookAt) return false
    this.#lookAt = now + lookEveryMs
    return true
  }

  async #read(): Promise<void> {
    const { desk, streamId, gifts } = this.#parts
    if (!this.#isOpen) await this.#recall()
    for (;;) {
      const receipts = await desk.after(streamId, gifts.n, readMax)
      // Others may have been told while this was read.
      for (const receipt of receipts) if (receipt.n === gifts.n + 1) this.#tell(receipt)
      if (receipts.length < readMax) return
    }
  }

  #tell(receipt: GiftReceipt): void {
    const { gifts } = this.#parts
    this.#tellOne(receipt)
    for (;;) {
      const next = this.#early.get(gifts.n + 1)
      if (next === undefined) break
      this.#tellOne(next)
    }
    for (const n of this.#early.keys()) if (n <= gifts.n) this.#early.delete(n)
  }

  #tellOne(receipt: GiftReceipt): void {
    const { gifts, announce, personOf, now } = this.#parts
    const { id, n, from, giftId, quantity, coins, comboId, comboUnits } = receipt
    gifts.n = n
    gifts.coins = receipt.streamCoins
    listSupporter(gifts, { ...from, coins: receipt.supporterCoins })
    this.combos.add(receipt)
    const who = personOf(from)
    announce('gift.sent', { id, n, from: who, giftId, quantity, coins, comboId, comboUnits })
    this.#aim(coins)
    for (const moved of this.#trains.give(receipt)) announce('train.moved', moved)
    this.#throne.give(receipt)
    this.#settleThrone(now())
    this.#parts.heard?.(receipt)
  }

  #aim(coins: number): void {
    const { goal } = this.#parts.gifts
    if (goal.targetCoins === 0) return
    const isNew = goal.coins < goal.targetCoins && goal.coins + coins >= goal.targetCoins
    goal.coins += coins
    if (!isNew) return
    const { title, targetCoins } = goal
    this.#parts.announce('goal.changed', { title, targetCoins, isReached: true })
  }

  #settleThrone(at: number): void {
    const { gifts, announce } = this.#parts
    const { throne } = gifts
    if (!this.#throne.settle(throne, at)) return
    const by = throne.id === '' ? null : { id: throne.id, name: throne.name }
    announce('throne.claimed', { by, coins: throne.coins })
  }
}

/** Most first; of equals whoever got there first. */
export function listSupporter(
  { supporters }: Pick<Gifts, 'supporters'>,
  one: { id: string; name: string; coins: number },
): void {
  const others = supporters.toArray().filter(({ id }) => id !== one.id)
  const at = others.findIndex(({ coins }) => coins < one.coins)
  const place = at < 0 ? others.length : at
  if (place >= giftLimits.supportersShown) return
  const listed = others.map(({ id, name, coins }) => ({ id, name, coins }))
  listed.splice(place, 0, one)
  writeSupporters(supporters, listed.slice(0, giftLimits.supportersShown))
}

/** Changes only places whose person or sum is another now. */
export function writeSupporters(
  supporters: Gifts['supporters'],
  listed: readonly { id: string; name: string; coins: number }[],
): void {
  for (const [at, one] of listed.entries()) {
    const place = supporters.at(at)
    if (place === undefined) supporters.push(new Supporter().assign(one))
    else if (place.id !== one.id || place.coins !== one.coins) place.assign(one)
  }
}
