/** A member on the SDK who talks and checks: each line once, in order, none missing. */
import {
  type ChatPosted,
  isWaiting,
  type LiveConnection,
  Odeon,
  Refusal,
  Unavailable,
} from '@odeon/sdk'
import { numberOfText, stampOfText, textOf } from '../hosts/text.ts'
import type { Shared } from './shared-state.ts'
import type { Times } from './timings.ts'

/** What came of what this member said. */
export interface Said {
  accepted: Map<number, number>
  /** No answer came; the line may or may not have landed. */
  unknown: Set<number>
  refusals: Map<string, number>
  unavailable: Map<string, number>
  /** Hearts the room took, and those it may have taken. */
  hearts: number
  heartsUnknown: number
}

/** Where members write what they measure and find. */
export interface MemberLedger {
  replies: Times
  deliveries: Times
  second: Times
  state: Shared
  broken(what: string): void
}

export class LoadMember {
  readonly name: string
  /** Number of each line received, by its `seq`, in the order received. */
  readonly heard = new Map<number, number>()
  readonly said: Said = {
    accepted: new Map(),
    unknown: new Set(),
    refusals: new Map(),
    unavailable: new Map(),
    hearts: 0,
    heartsUnknown: 0,
  }
  outOfOrder = 0
  doubled = 0
  damaged = 0
  discontinuities = 0
  #last = 0
  #resumes = 0
  readonly #room: LiveConnection
  readonly #ledger: MemberLedger

  static async join(
    server: { url: string; streamId: string },
    name: string,
    ledger: MemberLedger,
  ): Promise<LoadMember> {
    const odeon = new Odeon(server.url)
    await odeon.auth.guest()
    const room = await odeon.live.join(server.streamId, { backlog: 0 })
    return new LoadMember(room, name, ledger)
  }

  private constructor(room: LiveConnection, name: string, ledger: MemberLedger) {
    this.#room = room
    this.#ledger = ledger
    this.name = name
    room.on('chat.posted', (entry, { replayed }) => this.#hear(entry, replayed))
    room.on('discontinuity', ({ missedFrom, missedTo }) => {
      this.discontinuities += 1
      ledger.broken(`${name}: entries ${missedFrom} to ${missedTo} cannot be had any more`)
    })
    room.onConnection((now) => {
      if (now !== 'live') this.#resumes += 1
    })
  }

  get connection(): string {
    return this.#room.connection
  }

  /** Number of the newest entry of the log that this member has. */
  get head(): number {
    return this.#room.entries.at(-1)?.seq ?? 0
  }

  get state() {
    return this.#room.state
  }

  /** Says a line that was due at `dueNs`; settles when it is answered. */
  async say(number: number, dueNs: bigint): Promise<void> {
    const outcome = await this.#ask(() => this.#room.chat.send(textOf(number, dueNs)))
    if (outcome === 'unknown') this.said.unknown.add(number)
    if (typeof outcome === 'string') return
    if (isWaiting(outcome)) return count(this.said.refusals, outcome.waits)
    this.said.accepted.set(number, outcome.seq)
    this.#ledger.replies.add(process.hrtime.bigint() - dueNs)
  }

  async react(dueNs: bigint): Promise<void> {
    const outcome = await this.#ask(() => this.#room.reactions.send({ kind: 'heart' }))
    if (outcome === 'unknown') this.said.heartsUnknown += 1
    if (typeof outcome === 'string') return
    this.said.hearts += 1
    this.#ledger.replies.add(process.hrtime.bigint() - dueNs)
  }

  async leave(): Promise<void> {
    await this.#room.leave()
  }

  async #ask<Reply>(send: () => Promise<Reply>): Promise<Reply | 'refused' | 'unknown'> {
    try {
      return await send()
    } catch (error) {
      if (error instanceof Refusal) {
        count(this.said.refusals, error.code)
        return 'refused'
      }
      if (!(error instanceof Unavailable)) throw error
      count(this.said.unavailable, error.reason)
      return 'unknown'
    }
  }

  #hear(entry: ChatPosted, replayed: boolean): void {
    const { seq, text } = entry
    const number = numberOfText(text)
    if (Number.isNaN(number)) this.#found('damaged', `entry ${seq} is not as it was said`)
    if (this.heard.has(seq)) this.#found('doubled', `entry ${seq} came twice`)
    if (seq <= this.#last) this.#found('outOfOrder', `entry ${seq} came after ${this.#last}`)
    this.#last = seq
    this.heard.set(seq, number)
    if (Number.isNaN(number)) return
    const lateNs = process.hrtime.bigint() - stampOfText(text)
    this.#ledger.deliveries.add(lateNs)
    this.#ledger.second.add(lateNs)
    // What was missed and read again comes behind a state that is ahead of it.
    if (!replayed && this.#resumes === 0) {
      this.#ledger.state.see(seq, this.name, () => JSON.stringify(this.#room.state, plainly))
    }
  }

  #found(what: 'damaged' | 'doubled' | 'outOfOrder', text: string): void {
    this[what] += 1
    this.#ledger.broken(`${this.name}: ${text}`)
  }
}

/** Maps, too, by their keys. */
function plainly(_name: string, value: unknown): unknown {
  if (!(value instanceof Map)) return value
  const entries = [...(value as Map<string, unknown>)]
  return entries.sort(([one], [other]) => (one < other ? -1 : 1))
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
