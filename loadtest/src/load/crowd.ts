/** All viewers: several generator processes, started and merged as if they were one. */
import type { Swarm, SwarmOptions } from '../swarm/swarm.ts'
import type { Mark, Violation } from '../swarm/mark.ts'
import { type GeneratorKind, startGenerator } from './generators.ts'
import { type CrowdMark, type Headroom, headroomOf, mergeMarks } from './merge-marks.ts'
import { SharedLog } from './shared-log.ts'

/** Below the descriptors a process may open, which are often 20,000. */
export const perGeneratorMax = { compiled: 19_000, script: 2_500 } as const

export interface CrowdPlan {
  kind: GeneratorKind
  generators: number
  viewers: number
  seed: number
  /** For each of them; the numbers of its viewers and its seed are added. */
  options: Omit<SwarmOptions, 'first' | 'seed'>
  /** One for each viewer, when guests do not sign in. */
  tokenFiles?: string[]
}

export interface CrowdTick extends CrowdMark {
  generators: Headroom[]
}

export class Crowd {
  readonly size: number
  readonly kind: GeneratorKind
  readonly #swarms: Swarm[]
  readonly #log: SharedLog
  readonly #shares: number[]
  readonly #joined: number[]
  #before: Mark[] = []
  #last: CrowdMark = mergeMarks([])

  static async start(plan: CrowdPlan, broken: (what: string) => void): Promise<Crowd> {
    const shares = split(plan.viewers, plan.generators)
    const swarms: Swarm[] = []
    let first = 0
    try {
      for (const [at, share] of shares.entries()) {
        const tokens = plan.tokenFiles?.[at]
        const own = { first, seed: plan.seed + at, ...(tokens !== undefined && { tokens }) }
        swarms.push(await startGenerator(plan.kind, { ...plan.options, ...own }))
        first += share
      }
    } catch (error) {
      await Promise.all(swarms.map((swarm) => swarm.stop()))
      throw error
    }
    return new Crowd(plan, swarms, shares, broken)
  }

  private constructor(
    { viewers, kind }: CrowdPlan,
    swarms: Swarm[],
    shares: number[],
    broken: (what: string) => void,
  ) {
    this.size = viewers
    this.kind = kind
    this.#swarms = swarms
    this.#shares = shares
    this.#joined = shares.map(() => 0)
    this.#log = new SharedLog(broken)
    for (const swarm of swarms) swarm.onViolation((one) => broken(describe(one)))
  }

  /** Differences between what generators got, each compared with all others. */
  get foreignBlocks(): number {
    return this.#log.differences
  }

  get comparedBlocks(): number {
    return this.#log.compared
  }

  /** As of the last tick. */
  get last(): CrowdMark {
    return this.#last
  }

  async sign(): Promise<CrowdMark> {
    // Where all are members with the SDK there is nobody to sign in.
    const sign = (swarm: Swarm, share: number) => (share > 0 ? swarm.sign(share) : swarm.mark())
    return mergeMarks(await this.#all((swarm, at) => sign(swarm, this.#shares[at] as number)))
  }

  /** So many more, spread over the generators; resolves when each is in or has failed. */
  async join(count: number, perSecond = 0): Promise<CrowdMark> {
    const parts = split(Math.min(count, this.size - sum(this.#joined)), this.#swarms.length)
    const marks = await this.#all((swarm, at) => {
      const part = Math.min(
        parts[at] as number,
        (this.#shares[at] as number) - (this.#joined[at] as number),
      )
      this.#joined[at] = (this.#joined[at] as number) + part
      const pace = perSecond === 0 ? 0 : Math.max(1, Math.round(perSecond / this.#swarms.length))
      return part === 0 ? swarm.mark() : swarm.open(part, pace)
    })
    return mergeMarks(marks)
  }

  /** So many lose their socket without a word, and come back as people do. */
  cut(count: number): void {
    this.#tell('cut', count)
  }

  /** From now on these are asked, `host:port` each; by the compiled client alone. */
  askAt(addresses: readonly string[]): void {
    for (const swarm of this.#swarms) swarm.tell(`addresses ${addresses.join(',')}`)
  }

  /** So many leave in order, and come back. */
  leave(count: number): void {
    this.#tell('leave', count)
  }

  /** Viewers of the first generator react on a schedule; resolves when the last is sent. */
  async react(perSecond: number, seconds: number): Promise<void> {
    const talkers = Math.min(this.#joined[0] ?? 0, perSecond)
    if (talkers < 1) return
    const count = Math.round(perSecond * seconds)
    await this.#swarms[0]?.talk({ talkers, perSecond, count })
  }

  async tick(): Promise<CrowdTick> {
    const marks = await this.#all((swarm) => swarm.tick())
    for (const [at, { blocks }] of marks.entries()) this.#log.compare(at, blocks)
    const generators = marks.map((mark, at) => headroomOf(mark, this.#before[at]))
    this.#before = marks
    this.#last = mergeMarks(marks)
    return { ...this.#last, generators }
  }

  async report(): Promise<CrowdMark> {
    return mergeMarks(await this.#all((swarm) => swarm.report()))
  }

  async mark(): Promise<CrowdMark> {
    return mergeMarks(await this.#all((swarm) => swarm.mark()))
  }

  async reset(): Promise<void> {
    this.#before = await this.#all((swarm) => swarm.reset())
  }

  async stop(): Promise<void> {
    await this.#all((swarm) => swarm.stop())
  }

  #tell(what: 'cut' | 'leave', count: number): void {
    for (const [at, part] of split(count, this.#swarms.length).entries()) {
      if (part > 0) this.#swarms[at]?.tell(`${what} ${part}`)
    }
  }

  #all<T>(ask: (swarm: Swarm, at: number) => Promise<T>): Promise<T[]> {
    return Promise.all(this.#swarms.map(ask))
  }
}

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)

/** As even as whole numbers can be. */
export function split(count: number, parts: number): number[] {
  const least = Math.floor(count / parts)
  return Array.from({ length: parts }, (_, at) => least + (at < count % parts ? 1 : 0))
}

function describe({ what, viewer, epoch, had, seq }: Violation): string {
  return `viewer ${viewer}: ${what}, entry ${epoch}:${seq} after ${had}`
}
