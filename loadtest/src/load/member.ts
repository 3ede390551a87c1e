/** A member on the SDK who talks and checks: each line once, in order, none missing. */
import {
  type ChatPosted,
  isWaiting,
  type LiveConnection,
  Odeon,
  Refusal,
  Unavailable,
} from '@odeon/sdk'
import { numberOfText, textOf } from '../hosts/text.ts'
import type { Timings } from './timings.ts'

/** What came of the lines this member said. */
export interface Said {
  accepted: Map<number, number>
  /** No answer came; the line may or may not have landed. */
  unknown: Set<number>
  refusals: Map<string, number>
  unavailable: Map<string, number>
}

export class LoadMember {
  /** Number of each line received, by its `seq`, in the order received. */
  readonly heard = new Map<number, number>()
  readonly said: Said = {
    accepted: new Map(),
    unknown: new Set(),
    refusals: new Map(),
    unavailable: new Map(),
  }
  outOfOrder = 0
  doubled = 0
  damaged = 0
  discontinuities = 0
  #last = 0
  readonly #room: LiveConnection
  readonly #timings: Timings

  static async join(url: string, streamId: string, timings: Timings): Promise<LoadMember> {
    const odeon = new Odeon(url)
    await odeon.auth.guest()
    return new LoadMember(await odeon.live.join(streamId, { backlog: 0 }), timings)
  }

  private constructor(room: LiveConnection, timings: Timings) {
    this.#room = room
    this.#timings = timings
    room.on('chat.posted', (entry) => this.#hear(entry))
    room.on('discontinuity', () => {
      this.discontinuities += 1
    })
  }

  get connection(): string {
    return this.#room.connection
  }

  /** Says a line that was due at `dueNs`; settles when it is answered. */
  async say(number: number, dueNs: bigint): Promise<void> {
    try {
      const entry = await this.#room.chat.send(textOf(number, dueNs))
      if (isWaiting(entry)) return count(this.said.refusals, entry.waits)
      this.said.accepted.set(number, entry.seq)
      this.#timings.reply(process.hrtime.bigint() - dueNs)
    } catch (error) {
      if (error instanceof Refusal) count(this.said.refusals, error.code)
      else if (error instanceof Unavailable) {
        this.said.unknown.add(number)
        count(this.said.unavailable, error.reason)
      } else throw error
    }
  }

  async leave(): Promise<void> {
    await this.#room.leave()
  }

  #hear(entry: ChatPosted): void {
    const number = numberOfText(entry.text)
    if (Number.isNaN(number)) this.damaged += 1
    if (this.heard.has(entry.seq)) this.doubled += 1
    if (entry.seq <= this.#last) this.outOfOrder += 1
    this.#last = entry.seq
    this.heard.set(entry.seq, number)
    this.#timings.delivery(process.hrtime.bigint() - BigInt(`0x${entry.text.slice(12, 28)}`))
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
