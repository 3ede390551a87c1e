/** A load run second by second: what the report draws and what the terminal shows. */
import type { Crowd, CrowdTick } from './crowd.ts'
import type { LoadMember, MemberLedger } from './member.ts'
import type { Headroom } from './merge-marks.ts'
import { ProcessWatch, type Shares } from './process-watch.ts'
import type { ServerUnderLoad } from './server-under-load.ts'
import type { Talk } from './talk.ts'
import type { Percentiles } from './timings.ts'

export interface Second extends Shares {
  at: number
  /** The same moment, ms of `performance.now()`. */
  atMs: number
  open: number
  away: number
  linesPerS: number
  reactionsPerS: number
  deliveriesPerS: number
  bytesPerS: number
  /** Since the run began. */
  askedAgain: number
  viewers: Percentiles
  members: Percentiles
  generators: Headroom[]
}

interface Watched {
  server: ServerUnderLoad
  crowd: Crowd
  members: LoadMember[]
  ledger: MemberLedger
  talk: Talk
}

const everyMs = 1_000

export class Minute {
  readonly seconds: Second[] = []
  readonly #watched: Watched
  readonly #progress: (line: string) => void
  readonly #processes: ProcessWatch
  #timer: NodeJS.Timeout | undefined
  #underWay: Promise<void> = Promise.resolve()
  #isBusy = false
  #startedAt = 0
  #before = { at: 0, lines: 0, reactions: 0, messages: 0, bytes: 0 }

  constructor(watched: Watched, progress: (line: string) => void) {
    this.#watched = watched
    this.#progress = progress
    this.#processes = new ProcessWatch(watched.server.pids)
  }

  start(look: () => void): void {
    this.#startedAt = performance.now()
    this.#before.at = this.#startedAt
    this.#processes.read()
    this.#timer = setInterval(() => {
      // A generator that answers late is not asked twice.
      if (this.#isBusy) return
      this.#isBusy = true
      this.#underWay = this.#look(look).finally(() => {
        this.#isBusy = false
      })
      this.#underWay.catch(() => clearInterval(this.#timer))
    }, everyMs)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#underWay
  }

  async #look(look: () => void): Promise<void> {
    const tick = await this.#watched.crowd.tick()
    const second = this.#secondOf(tick)
    this.seconds.push(second)
    this.#progress(progressLine(second))
    look()
  }

  #secondOf(tick: CrowdTick): Second {
    const { talk, ledger } = this.#watched
    const at = performance.now()
    const { lines } = talk
    const reactions = talk.reactions + tick.said
    const { messages, bytes } = tick
    const before = this.#before
    const perS = (now: number, then: number) => (now - then) / ((at - before.at) / 1_000)
    const members = ledger.second.percentiles
    ledger.second.reset()
    this.#before = { at, lines, reactions, messages, bytes }
    return {
      atMs: at,
      at: (at - this.#startedAt) / 1_000,
      open: tick.open + this.#watched.members.length,
      away: tick.away + tick.joining,
      linesPerS: perS(lines, before.lines),
      reactionsPerS: perS(reactions, before.reactions),
      deliveriesPerS: perS(messages, before.messages),
      bytesPerS: perS(bytes, before.bytes),
      askedAgain: tick.askedAgain,
      viewers: tick.latency.percentiles,
      members,
      generators: tick.generators,
      ...this.#processes.read(),
    }
  }
}

const whole = (value: number): string => Math.round(value).toLocaleString('en')
const percent = (share: number): string => `${Math.round(share * 100)} %`

function progressLine(second: Second): string {
  const { at, open, away, cpuShares, machineShare, generators } = second
  const busiest = Math.max(0, ...generators.map(({ busyShare }) => busyShare))
  const cpu = cpuShares.length === 0 ? '–' : cpuShares.map(percent).join(' ')
  return [
    `${whole(at).padStart(5)} s`,
    `${whole(open)} in${away > 0 ? `, ${whole(away)} on the way` : ''}`,
    `${whole(second.linesPerS)} lines/s`,
    ...(second.reactionsPerS > 0 ? [`${whole(second.reactionsPerS)} reactions/s`] : []),
    `${whole(second.deliveriesPerS)} seen/s`,
    ...(second.askedAgain > 0 ? [`${whole(second.askedAgain)} asked again`] : []),
    `p99 ${second.viewers.p99Ms.toFixed(0)} ms`,
    `server ${cpu}`,
    ...(machineShare === undefined ? [] : [`machine ${percent(machineShare)}`]),
    `generators ${percent(busiest)}${generators.some((one) => one.isSaturated) ? ' FULL' : ''}`,
  ].join('  ')
}
