/** A live room as far as gifts go: written by one process after the other, kept by a journal. */
import { carryGifts } from '../../gifts/carry-gifts.ts'
import type { GiftScope, Giving } from '../../gifts/gift-scope.ts'
import type { GiftReply } from '../../gifts/protocol.ts'
import { sendGift } from '../../gifts/send-gift.ts'
import { setGoal } from '../../gifts/set-goal.ts'
import { Gifts } from '../../gifts/state.ts'
import type { Member } from '../../kit/member.ts'
import { Refusal } from '../../kit/refusal.ts'
import type { LiveScope } from '../../live/live-scope.ts'
import { openGiving } from '../../live/open-giving.ts'
import type { LogRecord, World } from '../../ports.ts'
import type { Said } from '../recording-scope.ts'
import { recordingScope } from '../recording-scope.ts'
import type { LedgerGifts } from './ledger-gifts.ts'

/** The ledger knows people, streams and combos by ids of this form. */
export const idOf = (kind: number, n: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`
export const hostOf = (streamId: string): string => `9${streamId.slice(1)}`

/** What a client was told became of a gift: its answer, a no, or that nobody knows. */
export type Fated = GiftReply | 'no' | 'unknown'

/** One process that writes the room, until it is killed. */
interface Writer {
  gifts: Gifts
  said: Said
  giving: Giving
  scope: GiftScope
  /** Answers that leave with the next frame. */
  answers: (() => void)[]
  /** Entries that are stored and not at hand. */
  older: LogRecord[]
}

/** So few entries are at hand where the journal is lost; less than a room has. */
const atHandMax = 3

export class SimulatedRoom {
  readonly streamId: string
  /** What the journal has: entries of the log, and the state behind the newest record. */
  log: LogRecord[] = []
  #kept: Gifts | undefined
  /** The journal was lost once: a goal from before is not known any more. */
  hasForgotten = false
  readonly #desk: LedgerGifts
  readonly #world: World
  #writer: Writer

  constructor(streamId: string, desk: LedgerGifts, world: World) {
    this.streamId = streamId
    this.#desk = desk
    this.#world = world
    this.#writer = this.#open()
  }

  get gifts(): Gifts {
    return this.#writer.gifts
  }

  /** Resolves when the client knows, or its connection is lost with the process. */
  async give(from: string, ask: { id: string; giftId: string; quantity: number }): Promise<Fated> {
    const writer = this.#writer
    const member = { id: from, name: from, role: 'viewer', kind: 'account', joinedAt: 0 } as Member
    const { id: requestId, giftId, quantity } = ask
    const fated = await sendGift(writer.scope, member, { requestId, giftId, quantity }).catch(
      (error: unknown): Fated => (error instanceof Refusal ? 'no' : 'unknown'),
    )
    if (this.#writer !== writer) return 'unknown'
    return await new Promise((resolve) => {
      writer.answers.push(() => resolve(this.#writer === writer ? fated : 'unknown'))
    })
  }

  aim(targetCoins: number): void {
    const host = { id: hostOf(this.streamId), role: 'host' } as Member
    const goal = { title: 'A lamp', targetCoins }
    setGoal(this.#writer.scope, host, { requestId: 'request-goal', goal })
  }

  beat(): void {
    this.#writer.giving.beat(this.#world.now())
  }

  /** What was said is kept, then seen; a process may end between the log and the state. */
  flush({ isHalf = false } = {}): void {
    const { said, gifts, answers, older } = this.#writer
    this.log = [...older, ...said.announced]
    if (!isHalf) {
      this.#kept = new Gifts()
      carryGifts(this.#kept, gifts)
    }
    for (const answer of answers.splice(0)) answer()
  }

  /** What was not flushed is gone, and whoever waited does not know. */
  kill(): void {
    const { answers } = this.#writer
    this.#writer = this.#open()
    for (const answer of answers.splice(0)) answer()
  }

  /** The journal is lost with the process: what is stored of the log is all there is. */
  forget(): void {
    this.#kept = undefined
    this.hasForgotten = true
    this.kill()
  }

  catchUp(): Promise<void> {
    return this.#writer.giving.house.catchUp()
  }

  #open(): Writer {
    const gifts = new Gifts()
    carryGifts(gifts, this.#kept)
    const floor = { hostAwayUntil: 0, leaderId: '' }
    const state = { streamId: this.streamId, phase: 'live', gifts, floor }
    const kit = recordingScope<typeof state, Record<string, never>>(state, this.#world)
    const isTakenOver = this.#kept !== undefined
    const older = this.hasForgotten && !isTakenOver ? this.log.slice(0, -atHandMax) : []
    kit.said.announced.push(...this.log.slice(older.length))
    // As much of a live room's scope as gifts see.
    const live = {
      ...kit,
      present: () => undefined,
      battles: undefined,
      standings: { sanctionOf: () => null },
      aside: (work: Promise<void>) => void work.catch(() => undefined),
    } as unknown as LiveScope
    const giving = openGiving(live, {
      desk: this.#desk,
      hostId: hostOf(this.streamId),
      isTakenOver,
      archive: { tail: (_, limit) => Promise.resolve(this.log.slice(-limit)) },
    })
    if (giving === undefined) throw new Error('There is a desk.')
    const scope = { ...live, giving } as unknown as GiftScope
    return { gifts, said: kit.said, giving, scope, answers: [], older }
  }
}
