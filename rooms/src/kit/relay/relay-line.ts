/**
 * A relay's line to the writer of its room. What is said goes in numbered batches and is said
 * again until the writer's frames say that it was taken, so a lost one, or a lost writer, costs
 * time and nothing else.
 */
import type { World } from '../../ports.ts'
import type { Outcome } from '../answers.ts'
import type { Journal } from '../journal/journal.ts'
import type { RelayReply } from '../journal/record.ts'
import { kitLimits, kitRefusals } from '../protocol.ts'
import { type Came, type Item, packBatch } from './upstream.ts'

export interface RelayLineOptions {
  journal: Pick<Journal, 'ask'>
  roomId: string
  relay: string
  /** Of the writer whose frames were read last. */
  epoch: () => number
  world: World
  /** Everybody who is at the relay. */
  present: () => Came[]
}

const busy: Outcome = {
  status: 'refused',
  body: { code: 'busy', message: kitRefusals.busy, retryAfterMs: 1_000 },
}
const unavailable: Outcome = {
  status: 'fault',
  body: { code: 'unavailable', message: kitRefusals.unavailable },
}

interface Batched {
  n: number
  items: Item[]
  /** Unix ms at which it was said last. */
  saidAt: number
}

interface Waiting {
  since: number
  settle: (outcome: Outcome) => void
}

export class RelayLine {
  readonly #options: RelayLineOptions
  #n = 0
  #items: Item[] = []
  /** Batches that were not taken yet, oldest first. */
  #untaken: Batched[] = []
  /** The first batch that was meant for the writer of now. */
  #beganAt = 1
  readonly #waiting = new Map<number, Waiting>()
  /** How many of what waits to be taken are no commands. */
  #presence = 0
  /** Some of these were let go: when the writer takes something again, all are named. */
  #mustName = false
  /** Something was taken since then. */
  #isHeard = false
  #ref = 0
  #timer: NodeJS.Timeout | undefined
  #isOver = false
  /** Since the last beat. */
  #hasSpoken = false
  /** Unix ms of the last time that something was said to somebody, and that it failed. */
  #wentAt = 0
  #failedAt = 0

  constructor(options: RelayLineOptions) {
    this.#options = options
  }

  /** Unix ms of the last time nothing could be said to anybody: nobody can be heard then either. */
  get failedAt(): number {
    return this.#failedAt
  }

  say(item: Item): void {
    if (item.kind !== 'asked' && !this.#keepsPresence()) return
    this.#items.push(item)
    if (this.#items.length >= kitLimits.relayBatchMax) this.#send()
    else this.#timer ??= setTimeout(() => this.#send(), msUntilMark(this.#options.world.now()))
  }

  /** Passes a command on; resolves with what the writer answers. */
  ask(memberId: string, name: string, payload: Buffer, sid?: string): Promise<Outcome> {
    if (this.#isFull() || this.#failedAt > this.#wentAt) return Promise.resolve(busy)
    this.#ref += 1
    const ref = this.#ref
    this.say({ kind: 'asked', ref, memberId, name, payload, ...(sid !== undefined && { sid }) })
    const since = this.#options.world.now()
    return new Promise((settle) => this.#waiting.set(ref, { since, settle }))
  }

  #isFull(): boolean {
    const { relayUntakenMax, relayAsksMax } = kitLimits
    return this.#untaken.length >= relayUntakenMax || this.#waiting.size >= relayAsksMax
  }

  answered({ ref, outcome }: RelayReply): void {
    this.#waiting.get(ref)?.settle(outcome)
    this.#waiting.delete(ref)
  }

  /** The writer has taken everything up to this batch. */
  taken(n: number): void {
    while (this.#untaken[0] !== undefined && this.#untaken[0].n <= n) {
      this.#presence -= presenceIn((this.#untaken.shift() as Batched).items)
      this.#isHeard = true
    }
  }

  /**
   * Another writer: it is told who is here, and after that everything that the one before had not
   * taken, under numbers that go on from what that one took.
   */
  beginAnew(): void {
    this.#gather()
    const chunks = this.#everybody()
    this.#beganAt = this.#untaken[0]?.n ?? this.#n + 1
    const all = [...chunks, ...this.#untaken.map(({ items }) => items)]
    this.#untaken = all.map((items, at) => ({ n: this.#beganAt + at, items, saidAt: 0 }))
    this.#n = this.#beganAt + all.length - 1
    this.#sayAgain()
  }

  /** Now and then: shows that it lives, and says again what was not taken. */
  beat(now: number): void {
    if (this.#mustName && this.#isHeard) this.#name()
    const [oldest] = this.#untaken
    const isLate = oldest !== undefined && now - oldest.saidAt >= kitLimits.relaySayAgainMs
    if (isLate) this.#sayAgain()
    // Whatever is said shows that it lives.
    else if (!this.#hasSpoken) this.#publish(this.#pack(0, []))
    this.#hasSpoken = false
    for (const [ref, { since, settle }] of this.#waiting) {
      if (now - since < kitLimits.relayAnswerMs) break
      this.#waiting.delete(ref)
      settle(unavailable)
    }
  }

  /** What was said until now is still said: that the last people left. */
  stop(): void {
    if (this.#items.length > 0) this.#send()
    this.#isOver = true
    clearTimeout(this.#timer)
    for (const { settle } of this.#waiting.values()) settle(unavailable)
    this.#waiting.clear()
  }

  /** Who comes and goes while nobody takes it is let go at some point: who is here is known. */
  #keepsPresence(): boolean {
    if (this.#mustName) return false
    this.#presence += 1
    if (this.#presence <= kitLimits.relayPresenceMax) return true
    this.#mustName = true
    this.#isHeard = false
    this.#presence = 0
    // Empty ones stay: the writer counts them.
    for (const batch of this.#untaken) batch.items = batch.items.filter(isAsked)
    this.#items = this.#items.filter(isAsked)
    return false
  }

  /** The writer of before goes on taking: it is told of everybody behind what waits. */
  #name(): void {
    this.#gather()
    for (const items of this.#everybody()) {
      this.#n += 1
      this.#untaken.push({ n: this.#n, items, saidAt: 0 })
    }
    this.#sayAgain()
  }

  /** In batches. */
  #everybody(): Item[][] {
    const { relayBatchMax } = kitLimits
    const all: Item[] = [{ kind: 'naming' }, ...this.#options.present(), { kind: 'named' }]
    this.#mustName = false
    this.#presence += all.length
    const chunks: Item[][] = []
    for (let at = 0; at < all.length; at += relayBatchMax) {
      chunks.push(all.slice(at, at + relayBatchMax))
    }
    return chunks
  }

  #pack(n: number, items: Item[]): Buffer {
    const { relay, epoch } = this.#options
    return packBatch({ relay, epoch: epoch(), n, isFirst: n === this.#beganAt, items })
  }

  /** Makes a batch of what was said. */
  #gather(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#items.length === 0) return
    this.#n += 1
    this.#untaken.push({ n: this.#n, items: this.#items, saidAt: 0 })
    this.#items = []
  }

  #send(): void {
    if (this.#isOver) return
    this.#gather()
    const newest = this.#untaken.at(-1)
    if (newest === undefined) return
    this.#sayBatch(newest)
  }

  #sayAgain(): void {
    const again = this.#untaken.slice(0, kitLimits.relaySayAgainMax)
    for (const batch of again) this.#sayBatch(batch)
  }

  #sayBatch(batch: Batched): void {
    batch.saidAt = this.#options.world.now()
    this.#publish(this.#pack(batch.n, batch.items))
  }

  #publish(bytes: Buffer): void {
    this.#hasSpoken = true
    const { journal, roomId, world } = this.#options
    // Said again at the next beat.
    const went = () => (this.#wentAt = world.now())
    const failed = () => (this.#failedAt = world.now())
    void journal.ask(roomId, bytes).then(went, failed)
  }
}

/**
 * Relays speak at the same moments, so that the writer hears them together and wakes up once. Where
 * clocks differ it is only a wait like any other.
 */
const msUntilMark = (now: number): number => kitLimits.relayBatchMs - (now % kitLimits.relayBatchMs)

const isAsked = ({ kind }: Item): boolean => kind === 'asked'

const presenceIn = (items: readonly Item[]): number =>
  items.reduce((sum, item) => sum + (isAsked(item) ? 0 : 1), 0)
