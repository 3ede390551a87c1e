/** What members say, on a fixed schedule, whatever became of what was said before. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadMember } from './member.ts'

export interface Rates {
  chatPerS: number
  reactionsPerS: number
}

type ViewersReact = (perSecond: number, seconds: number) => Promise<void>

export class Talk {
  lines = 0
  /** Of members; viewers count their own. */
  reactions = 0
  readonly #members: LoadMember[]
  readonly #rates: Rates
  readonly #answers: Promise<void>[] = []
  readonly #react: ViewersReact | undefined
  readonly #ended: AbortSignal | undefined

  /** With `react` it is viewers who react, and nobody waits for an answer to it. */
  constructor(
    members: LoadMember[],
    rates: Rates,
    react?: ViewersReact,
    /** When it is aborted nothing more is said. */
    ended?: AbortSignal,
  ) {
    this.#members = members
    this.#rates = rates
    this.#react = react
    this.#ended = ended
  }

  /** Resolves when all is said and answered. */
  async speak(seconds: number): Promise<void> {
    const { chatPerS, reactionsPerS } = this.#rates
    await Promise.all([
      this.#every(chatPerS, seconds, (dueNs) => {
        this.lines += 1
        this.#answers.push(this.#member(this.lines).say(this.lines, dueNs))
      }),
      this.#reactions(reactionsPerS, seconds),
    ])
    await Promise.all(this.#answers)
  }

  async #reactions(perS: number, seconds: number): Promise<void> {
    if (this.#react !== undefined && perS > 0) {
      await this.#react(perS, seconds)
      return
    }
    await this.#every(perS, seconds, (dueNs) => {
      this.reactions += 1
      this.#answers.push(this.#member(this.reactions).react(dueNs))
    })
  }

  /** One more line, by a member of choice. */
  async sayOne(member: LoadMember): Promise<void> {
    this.lines += 1
    await member.say(this.lines, process.hrtime.bigint())
  }

  #member(number: number): LoadMember {
    return this.#members[number % this.#members.length] as LoadMember
  }

  async #every(perS: number, seconds: number, act: (dueNs: bigint) => void): Promise<void> {
    if (perS === 0) return
    const everyNs = BigInt(Math.round(1e9 / perS))
    let dueNs = process.hrtime.bigint() + everyNs
    for (let left = Math.round(perS * seconds); left > 0; left -= 1) {
      const waitMs = Number(dueNs - process.hrtime.bigint()) / 1e6
      if (waitMs > 0) await sleep(waitMs)
      if (this.#ended?.aborted === true) return
      act(dueNs)
      dueNs += everyNs
    }
  }
}
