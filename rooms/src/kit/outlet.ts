/**
 * How output reaches the sockets of this process: one frame at a time, on a beat that suits their
 * number, with those who wait for a frame or between two frames.
 */
import type { RoomMeter } from '../ports.ts'
import { Cadence } from './cadence.ts'
import type { Connection } from './connection.ts'
import { Fanout, type FanoutEvents, type Greeting } from './fanout.ts'
import type { Frame } from './frame.ts'
import { kitLimits } from './protocol.ts'

export interface OutletOptions {
  kind: string
  meter: RoomMeter
  /** Ms between two frames; 0 means at once. */
  intervalMs: () => number
  /** It is time for a frame. */
  flush: () => void
  /** A part of the work threw; the rest is done. */
  failed: (error: unknown) => void
  classOf?: FanoutEvents['classOf']
}

/** What leaves together. */
export interface Output {
  frame: Frame | undefined
  after: (() => void)[]
  /** Those who came, and what greets them with just what the frame makes true. */
  joiners: readonly Connection[]
  greeting: Greeting | undefined
  /** For sockets that missed frames. */
  resync: Greeting | undefined
}

export class Outlet {
  readonly fanout: Fanout
  readonly #options: OutletOptions
  readonly #cadence: Cadence
  /** What waits for the frame that is made next, and for the one being written. */
  #afterNext: (() => void)[] = []
  #afterCurrent: (() => void)[] = []
  readonly #joiners = new Set<Connection>()
  /** A beat came while the last frame was still on its way. */
  #isOverdue = false
  #shownAt = 0
  /** Ms from the first to the last socket of the newest frame. */
  #passMs = 0

  constructor(options: OutletOptions) {
    this.#options = options
    const { kind, meter, intervalMs, flush } = options
    this.fanout = new Fanout({
      done: (frame, { sockets, skipped, thinned, bytes }) => {
        this.#passMs = performance.now() - this.#shownAt
        meter.frame(kind, frame.entries.length, bytes, sockets - skipped)
        if (skipped > 0) meter.skipped(kind, skipped)
        if (thinned > 0) meter.thinned(kind, thinned)
        this.#settle()
        this.catchUp()
      },
      greeted: () => this.catchUp(),
      ungreeted: (connection) => this.#turnAway(connection),
      resynced: () => meter.resynced(kind),
      attempt: (work) => this.attempt(work),
      classOf: options.classOf,
    })
    const rested = () => Math.max(intervalMs(), this.#restMs)
    this.#cadence = new Cadence({ intervalMs: rested, flush })
  }

  wake(): void {
    this.#cadence.wake()
  }

  hurry(): void {
    this.#cadence.hurry()
  }

  /** A frame left before its beat. */
  spoken(): void {
    this.#cadence.spoken()
  }

  stop(): void {
    this.#cadence.stop()
  }

  /** The frame that was due could not be made yet. */
  overdue(): void {
    this.#isOverdue = true
  }

  /** Makes up for a frame that was due meanwhile. */
  catchUp(): void {
    if (this.fanout.isBusy) return
    if (this.#isOverdue) this.#cadence.wake()
    this.#isOverdue = false
  }

  /** Runs behind the frame that holds what was changed until now. */
  afterFrame(work: () => void): void {
    this.#afterNext.push(work)
    this.#cadence.wake()
  }

  /** Greets a socket that confirmed its join, between two frames. */
  greet(connection: Connection): void {
    this.#joiners.add(connection)
    this.#cadence.wake()
  }

  forget(connection: Connection): void {
    this.#joiners.delete(connection)
    this.fanout.remove(connection)
  }

  /** Takes what waits, with what greets joiners with just what the frame makes true. */
  take(make: {
    frame: Frame | undefined
    greeter: () => Greeting
    resync: () => Greeting
  }): Output {
    const after = this.#afterNext
    this.#afterNext = []
    const joiners = [...this.#joiners]
    this.#joiners.clear()
    const greeting = joiners.length > 0 ? this.attempt(make.greeter) : undefined
    const resync = this.fanout.laggards > 0 ? this.attempt(make.resync) : undefined
    return { frame: make.frame, after, joiners, greeting, resync }
  }

  show({ frame, after, joiners, greeting, resync }: Output): void {
    this.#afterCurrent.push(...after)
    // Those who have the state before this frame get the frame …
    if (frame !== undefined) {
      this.#shownAt = performance.now()
      this.fanout.frame(frame)
    } else this.#settle()
    // … and those who come now get a state that already holds it.
    if (resync !== undefined) this.attempt(() => this.fanout.resync(resync))
    if (greeting !== undefined) this.fanout.greet(joiners, greeting)
    else for (const joiner of joiners) this.#turnAway(joiner)
  }

  /**
   * A process that has less than a core to itself says so by how long a pass takes: the beat slows
   * with it, so that other rooms get their turn.
   */
  get #restMs(): number {
    if (this.isSmall) return 0
    return Math.min(this.#passMs * kitLimits.restPerPass, kitLimits.frameEveryMsMax)
  }

  /** So few are here that nobody needs to wait for a beat. */
  get isSmall(): boolean {
    return this.fanout.size <= kitLimits.immediateAudienceMax
  }

  /** Timers call much of this, so what throws here would end the process. */
  attempt<Made>(work: () => Made): Made | undefined {
    try {
      return work()
    } catch (error) {
      this.#options.failed(error)
      return undefined
    }
  }

  /** Left to wait they would never learn anything; whoever comes again may be greeted. */
  #turnAway(connection: Connection): void {
    const { meter, kind } = this.#options
    connection.close('failed')
    meter.closed(kind, 'failed')
  }

  /** Everybody has the frame: runs what waited for it. */
  #settle(): void {
    const waited = this.#afterCurrent
    this.#afterCurrent = []
    for (const work of waited) this.attempt(work)
  }
}
