/**
 * What a relay shows its sockets: the frames of the room's writer, untouched, on a beat that suits
 * this process, to one share of the sockets after the other; and to joiners the state and log as
 * the frames have left them.
 */
import type { RoomMeter, World } from '../../ports.ts'
import { frameIntervalMs, Turns } from '../cadence.ts'
import type { Connection } from '../connection.ts'
import { greeter, resyncOf } from '../greeting.ts'
import { entryIn, type Past } from '../journal/past.ts'
import type { JournalRecord } from '../journal/record.ts'
import type { Member } from '../member.ts'
import { kitLimits, type Welcome } from '../protocol.ts'
import { type Gap, type LogEntry, type Position, RoomLog } from '../room-log.ts'
import { RoomMeter as Measures } from '../room-measures.ts'
import type { Sparing } from '../thin-frame.ts'
import { splitFrames, websocketFrame, wholeFrames } from '../wire.ts'
import { Lane } from './lane.ts'

export interface RelayStageOptions {
  kind: string
  meter: RoomMeter
  world: World
  welcomeMore: (member: Member) => Pick<Welcome, 'standing'> | undefined
  failed: (error: unknown) => void
  sparing: Sparing | undefined
}

export class RelayStage {
  readonly #options: RelayStageOptions
  readonly #lanes: Lane[] = []
  readonly #laneOf = new Map<Connection, Lane>()
  readonly #turns = new Turns()
  #log = new RoomLog({ epoch: 0, head: 0 })
  /** Ready frames that make the state whole, as the last record left it. */
  #state: Buffer[] = []
  readonly #measures = new Measures()

  constructor(options: RelayStageOptions) {
    this.#options = options
  }

  get log(): RoomLog {
    return this.#log
  }

  /** Greets a socket that confirmed its join, between two frames. */
  greet(connection: Connection): void {
    const lane = this.#emptiestLane()
    this.#laneOf.set(connection, lane)
    lane.greet(connection)
  }

  forget(connection: Connection): void {
    this.#laneOf.get(connection)?.forget(connection)
    this.#laneOf.delete(connection)
  }

  /** Runs when the socket was sent all that came until now; at once when it gets no frames. */
  afterFrame(connection: Connection, work: () => void): void {
    const lane = this.#laneOf.get(connection)
    if (lane === undefined) work()
    else lane.outlet.afterFrame(work)
  }

  /** What follows a position, of what this socket was shown. */
  read(connection: Connection, from: Position, say: (gap: Gap) => void): void {
    const lane = this.#laneOf.get(connection)
    lane?.outlet.read(() => this.#log, from, say)
  }

  /** Sockets that missed frames are looked after, though nothing new is said. */
  wakeForLaggards(): void {
    for (const { outlet } of this.#lanes) if (outlet.fanout.laggards > 0) outlet.wake()
  }

  /** Everything as it is now. False when sockets that are here cannot go on from what they have. */
  begin({ epoch, head, epochFrom, sameSince, state, log }: Past): boolean {
    const isFirst = this.#log.epoch === 0
    const before = this.#log.head
    this.#state = state.map((part) => websocketFrame(part))
    this.#log = new RoomLog({ epoch, head, epochFrom, sameSince }, log)
    if (isFirst) return true
    if (before > head) return false
    // They get the state as it is, and read what they missed of the log.
    const resync = resyncOf(this.#state, this.#log)
    for (const lane of this.#lanes) lane.renew(resync)
    return true
  }

  /** The next record. False when sockets that are here cannot go on from what they have. */
  next(record: JournalRecord): boolean {
    const { epoch, head, entries, patchBytes, chunk, full } = record
    const isOther = epoch !== this.#log.epoch
    const isGoingOn = head - entries === this.#log.head
    if (isOther) this.#enter(epoch, head - entries)
    if (full !== undefined) this.#state = [full]
    else if (patchBytes > 0) this.#state.push(chunk.subarray(0, patchBytes))
    const said = chunk.subarray(patchBytes)
    const taken: LogEntry[] = []
    for (const frame of wholeFrames(said)) {
      const [payload] = splitFrames(frame)
      const entry = this.#log.take(entryIn(payload as Buffer), frame)
      taken.push(entry)
      this.#measures.entry(entry.entry.at)
    }
    this.#amend(record)
    // Another writer numbers the parts of the state anew: everybody gets all of it.
    const out = isOther && full !== undefined ? Buffer.concat([full, said]) : chunk
    const state = out.subarray(0, out.byteLength - said.byteLength)
    const spare = taken.filter((entry) => this.#options.sparing?.(entry))
    const part = { out, state, entries: taken, spare }
    if (out.byteLength > 0) for (const lane of this.#lanes) lane.add(part)
    return isGoingOn
  }

  measure() {
    return {
      ...this.#measures.read(this.#options.world.now()),
      clients: this.#audience,
      stateBytes: this.#state.reduce((sum, part) => sum + part.byteLength, 0),
      tickMs: Math.round(this.#beatMs),
      entries: this.#log.head,
    }
  }

  stop(): void {
    for (const { outlet } of this.#lanes) outlet.stop()
  }

  get #audience(): number {
    return this.#lanes.reduce((sum, { outlet }) => sum + outlet.fanout.size, 0)
  }

  /**
   * Ms in which every lane has its turn once: they write one after the other, and half of the time
   * none does, so that who comes and what else there is in this process get their turn.
   */
  get #beatMs(): number {
    const leastMs = frameIntervalMs(this.#audience)
    if (leastMs === 0) return 0
    const passMs = this.#lanes.reduce((sum, { outlet }) => sum + outlet.passMs, 0)
    const slowedMs = passMs * (1 + kitLimits.laneRestPerPass)
    return Math.max(leastMs, Math.min(slowedMs, kitLimits.laneBeatMsMax))
  }

  #emptiestLane(): Lane {
    let least = this.#lanes[0]
    for (const lane of this.#lanes) if (least === undefined || lane.size < least.size) least = lane
    if (least !== undefined && least.size < kitLimits.laneSocketsMax) return least
    const lane = this.#newLane()
    this.#lanes.push(lane)
    return lane
  }

  #newLane(): Lane {
    const { kind, meter, failed } = this.#options
    const waitMs = () => this.#turns.take(this.#beatMs / this.#lanes.length)
    const flush = () => this.#flush(lane)
    const { head } = this.#log
    const lane: Lane = new Lane({ kind, meter, head, failed, waitMs, flush })
    return lane
  }

  #enter(epoch: number, head: number): void {
    const kept = this.#log.backlog(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)
    const still = kept.filter(({ seq }) => seq <= head)
    const sameSince = head === this.#log.head ? this.#log.sameSince : epoch
    this.#log = new RoomLog({ epoch, head, sameSince }, still)
  }

  #amend({ hidden }: JournalRecord): void {
    const amended = new Map(hidden?.amended?.map(([, entry]) => [entry.seq, entry]))
    if (amended.size === 0) return
    // As a whole: what was taken out of an entry is not in what it became.
    this.#log.amend(({ seq }) => amended.get(seq))
  }

  #flush(lane: Lane): void {
    const { outlet } = lane
    if (outlet.fanout.isBusy) return outlet.overdue()
    const startedAt = performance.now()
    const { epoch, head } = this.#log
    outlet.show(
      outlet.take({
        frame: lane.take(epoch, head),
        greeter: () => {
          const { world, welcomeMore: moreOf } = this.#options
          return greeter({ state: this.#state, log: this.#log, moreOf, now: world.now })
        },
        resync: () => {
          const resync = resyncOf(this.#state, this.#log)
          return () => resync
        },
      }),
    )
    this.#measures.frame(performance.now() - startedAt)
  }
}
