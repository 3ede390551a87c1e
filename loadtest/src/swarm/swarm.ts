/** The compiled load client as benchmarks and load runs use it. */
import { type Fact, LineProcess } from '../line-process.ts'
import { swarmProgram } from './build-swarm.ts'
import type { Mark, Violation } from './mark.ts'

export type Dialect = 'colyseus' | 'socketio' | 'raw'

export interface SwarmOptions {
  /** `host:port` once or more, with commas between: where seats are asked for, in turns. */
  address: string
  dialect?: Dialect
  seat?: string
  /** Path where sockets ask for their seats themselves, instead. */
  socket?: string
  /** Path where guests sign in; every viewer is then one of its own. */
  guest?: string
  /** File with one `host:port path` a line, for sockets that need no seat. */
  seats?: string
  upgrade?: string
  body?: string
  token?: string
  tokens?: string
  say?: 'chat.send' | 'reaction.send'
  /** In each reaction, 10 when not said. */
  hearts?: number
  first?: number
  sampleEvery?: number
  slowPercent?: number
  receiveBytes?: number
  watchedPid?: number
  lifetimeS?: number
  joiningMax?: number
  /** Connections for sign-ins and seats. */
  lanes?: number
  /** Seats are taken and never used. */
  hold?: 1
  /** Offers permessage-deflate. What comes deflated is counted and compared, not inflated. */
  deflate?: 1
  /** Whoever loses the room comes back, after a pause as the SDK makes it. */
  returns?: 0 | 1
  seed?: number
  /** The stand-in only: sockets and seats over TLS. */
  tls?: 1
}

const flags: Record<keyof SwarmOptions, string> = {
  address: 'address',
  dialect: 'dialect',
  seat: 'seat',
  socket: 'socket',
  guest: 'guest',
  seats: 'seats',
  upgrade: 'upgrade',
  body: 'body',
  token: 'token',
  tokens: 'tokens',
  say: 'say',
  hearts: 'hearts',
  first: 'first',
  sampleEvery: 'sample',
  slowPercent: 'slow',
  receiveBytes: 'receive',
  watchedPid: 'watch',
  lifetimeS: 'lifetime',
  joiningMax: 'joining',
  lanes: 'lanes',
  hold: 'hold',
  deflate: 'deflate',
  returns: 'returns',
  seed: 'seed',
  tls: 'tls',
}

/** The same options for the compiled client and for its stand-in. */
export function argumentsOf(options: SwarmOptions): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${flags[name as keyof SwarmOptions]}`, String(value)],
  )
}

export class Swarm {
  readonly process: LineProcess

  static async start(options: SwarmOptions): Promise<Swarm> {
    return new Swarm(new LineProcess('the swarm', await swarmProgram(), argumentsOf(options)))
  }

  constructor(started: LineProcess) {
    this.process = started
  }

  /** Signs so many guests in, who join later; resolves when each is or has failed. */
  async sign(count: number, withinMs = 600_000): Promise<Mark> {
    this.process.tell(`guests ${count}`)
    return this.#hear('signed', withinMs)
  }

  /**
   * Joins so many more viewers, `perSecond` or as fast as joins succeed; resolves when each is in
   * or has failed.
   */
  async open(count: number, perSecond = 0, withinMs = 600_000): Promise<Mark> {
    this.process.tell(`open ${count} ${perSecond}`)
    return this.#hear('opened', withinMs)
  }

  mark(): Promise<Mark> {
    return this.#ask('mark')
  }

  /** A mark whose times are those since the last tick, with every bucket. */
  tick(): Promise<Mark> {
    return this.#ask('tick')
  }

  /** A mark with every bucket of the latencies. */
  report(): Promise<Mark> {
    return this.#ask('report')
  }

  reset(): Promise<Mark> {
    return this.#ask('reset')
  }

  /** Calls back at once for what must not be: see `Violation`. */
  onViolation(call: (violation: Violation) => void): void {
    this.process.watch((fact) => {
      if (fact['event'] === 'violation') call(fact as unknown as Violation)
    })
  }

  /** Talkers in turn say `count` texts at a fixed rate; resolves when the last is sent. */
  async talk(options: { talkers: number; perSecond: number; count: number }): Promise<Mark> {
    const { talkers, perSecond, count } = options
    this.process.tell(`talk ${talkers} ${perSecond} ${count}`)
    return this.#hear('talked', (count / perSecond) * 1_000 + 10_000)
  }

  tell(
    command:
      | 'stall'
      | 'resume'
      | 'spin'
      | `throttle ${number}`
      | `cut ${number}`
      | `leave ${number}`
      | `addresses ${string}`,
  ): void {
    this.process.tell(command)
  }

  stop(): Promise<void> {
    return this.process.stop()
  }

  #ask(command: string): Promise<Mark> {
    this.process.tell(command)
    return this.#hear(command, 30_000)
  }

  async #hear(event: string, withinMs: number): Promise<Mark> {
    const heard = await this.process.hear((fact: Fact) => fact['event'] === event, withinMs)
    return heard as unknown as Mark
  }
}
