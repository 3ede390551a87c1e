/**
 * How output reaches the sockets of this process: one frame at a time, on a beat that suits their
 * number, with those who wait for a frame or between two frames.
 */
import type { RoomMeter } from '../ports.ts'
import { Cadence, type Wait } from './cadence.ts'
import type { Connection } from './connection.ts'
import { Fanout, type FanoutEvents, type Greeting } from './fanout.ts'
import type { Frame } from './frame.ts'
import { kitLimits } from './protocol.ts'
import type { Gap, Position, RoomLog } from './room-log.ts'

/** Of the newest pass in what passes take. */
const passWeight = 0.25

export interface OutletOptions {
  kind: string
  meter: RoomMeter
  /** Highest seq that whoever comes now finds in their greeting. */
  head: number
  /** How long a frame waits for its moment. */
  waitMs: Wait
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
  /** Highest seq that was sent, or is being sent. */
  #shownHead: number
  /** What waits for the frame that is made next, and for the one being written. */
  #afterNext: (() => void)[] = []
  #afterCurrent: (() => void)[] = []
  readonly #joiners = new Set<Connection>()
  /** A beat came while the last frame was still on its way. */
  #isOverdue = false
  #shownAt = 0
  #passMs = 0

  constructor(options: OutletOptions) {
    this.#options = options
    this.#shownHead = options.head
    const { kind, meter, waitMs, flush } = options
    this.fanout = new Fanout({
      done: (frame, { sockets, skipped, thinned, bytes }) => {
        this.#passMs += (performance.now() - this.#shownAt - this.#passMs) * passWeight
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
    this.#cadence = new Cadence({ waitMs, flush })
  }

  /** Ms from the first to the last socket of a frame, as of late. */
  get passMs(): number {
    return this.#passMs
  }

  /**
   * A process that has less than a core to itself says so by how long a pass takes: the beat slows
   * with it, so that other rooms get their turn.
   */
  get restMs(): number {
    if (this.fanout.size <= kitLimits.immediateAudienceMax) return 0
    return Math.min(this.#passMs * kitLimits.restPerPass, kitLimits.frameEveryMsMax)
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

  /**
   * Says what of the log follows `from`, as far as it was sent to the sockets here, and when none
   * waits for its part of a frame: nobody hears an entry before the state that goes with it.
   */
  read(log: () => RoomLog, from: Position, say: (gap: Gap) => void): void {
    const upTo = this.#shownHead
    const tell = () => say(log().after(from, upTo))
    if (this.fanout.isWriting) this.#afterCurrent.push(tell)
    else tell()
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
      this.#shownHead = frame.head
      this.fanout.frame(frame)
    } else this.#settle()
    // … and those who come now get a state that already holds it.
    if (resync !== undefined) this.attempt(() => this.fanout.resync(resync))
    if (greeting !== undefined) this.fanout.greet(joiners, greeting)
    else for (const joiner of joiners) this.#turnAway(joiner)
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
