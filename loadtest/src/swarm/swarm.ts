/** The compiled load client as the benchmarks use it. */
import { type Fact, LineProcess } from '../line-process.ts'
import { swarmProgram } from './build-swarm.ts'

export type Dialect = 'colyseus' | 'socketio' | 'raw'

export interface SwarmOptions {
  port: number
  dialect: Dialect
  seat?: string
  upgrade?: string
  body?: string
  token?: string
  tokens?: string
  first?: number
  sampleEvery?: number
  slowPercent?: number
  receiveBytes?: number
  watchedPid?: number
  lifetimeS?: number
  joiningMax?: number
}

export interface Latency {
  count: number
  meanNs: number
  minNs: number
  maxNs: number
  p50Ns: number
  p90Ns: number
  p99Ns: number
  p999Ns: number
  buckets?: [ns: number, count: number][]
}

/** Counters since the last `reset`; CPU times since the processes began. */
export interface Mark {
  event: string
  ns: number
  ownCpuUs: number
  /** Time in which nothing came. */
  idleUs: number
  watchedCpuUs: number
  open: number
  joining: number
  gone: number
  failed: number
  messages: number
  patches: number
  states: number
  replies: number
  others: number
  bytes: number
  reads: number
  said: number
  order: { checked: number; broken: number }
  patch: { checked: number; wrong: number }
  perViewer: { least: number; most: number }
  /** How sockets and joins ended, by name, with their number. */
  ends: Record<string, number>
  latency: Latency | null
}

const flags: Record<keyof SwarmOptions, string> = {
  port: 'port',
  dialect: 'dialect',
  seat: 'seat',
  upgrade: 'upgrade',
  body: 'body',
  token: 'token',
  tokens: 'tokens',
  first: 'first',
  sampleEvery: 'sample',
  slowPercent: 'slow',
  receiveBytes: 'receive',
  watchedPid: 'watch',
  lifetimeS: 'lifetime',
  joiningMax: 'joining',
}

export class Swarm {
  readonly process: LineProcess

  static async start(options: SwarmOptions): Promise<Swarm> {
    const args = Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${flags[name as keyof SwarmOptions]}`, String(value)],
    )
    return new Swarm(new LineProcess('the swarm', await swarmProgram(), args))
  }

  private constructor(started: LineProcess) {
    this.process = started
  }

  /** Joins so many more viewers; resolves when each is in or has failed. */
  async open(count: number, withinMs = 120_000): Promise<Mark> {
    this.process.tell(`open ${count}`)
    return this.#hear('opened', withinMs)
  }

  mark(): Promise<Mark> {
    return this.#ask('mark')
  }

  /** A mark with every bucket of the latencies. */
  report(): Promise<Mark> {
    return this.#ask('report')
  }

  reset(): Promise<Mark> {
    return this.#ask('reset')
  }

  /** Talkers in turn say `count` texts at a fixed rate; resolves when the last is sent. */
  async talk(options: { talkers: number; perSecond: number; count: number }): Promise<Mark> {
    const { talkers, perSecond, count } = options
    this.process.tell(`talk ${talkers} ${perSecond} ${count}`)
    return this.#hear('talked', (count / perSecond) * 1_000 + 10_000)
  }

  tell(command: 'stall' | 'resume' | 'spin' | `throttle ${number}`): void {
    this.process.tell(command)
  }

  stop(): Promise<void> {
    return this.process.stop()
  }

  #ask(command: string): Promise<Mark> {
    this.process.tell(command)
    return this.#hear(command, 10_000)
  }

  async #hear(event: string, withinMs: number): Promise<Mark> {
    const heard = await this.process.hear((fact: Fact) => fact['event'] === event, withinMs)
    return heard as unknown as Mark
  }
}
