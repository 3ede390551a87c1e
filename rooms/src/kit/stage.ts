/**
 * Where a room is written: state, log and what of both has not left yet. It makes one frame a
 * tick and hands it to the sinks; joiners are greeted between frames, so nobody misses or doubles.
 */
import type { Schema } from '@colyseus/schema'
import type { LogArchive, LogRecord, RoomMeter, World } from '../ports.ts'
import { Cadence, frameIntervalMs } from './cadence.ts'
import type { Connection } from './connection.ts'
import { Fanout } from './fanout.ts'
import type { Frame, FrameSink } from './frame.ts'
import { type Member, personOf } from './member.ts'
import { type Entry, kitLimits, kitMessages, type Resync, type Welcome } from './protocol.ts'
import type { LogEntry, RoomLog } from './room-log.ts'
import { RoomMeter as Measures } from './room-measures.ts'
import type { StageSerializer } from './stage-serializer.ts'
import { messageFrame } from './wire.ts'

export interface StageOptions<State extends Schema> {
  room: { id: string; kind: string }
  serializer: StageSerializer<State>
  log: RoomLog
  archive: LogArchive
  meter: RoomMeter
  world: World
  /** What else a joiner is told of themselves, if anything. */
  welcomeMore?: (member: Member) => Pick<Welcome, 'standing'> | undefined
  /** Last chance to bring derived state up to date. */
  beforeFrame: () => void
  /** A part of a frame could not be made or carried on; the other parts are. */
  failed: (error: unknown) => void
  /** More takers of frames beside the sockets of this process. */
  sinks?: readonly FrameSink[]
}

export class Stage<State extends Schema> {
  readonly log: RoomLog
  readonly fanout: Fanout
  readonly #options: StageOptions<State>
  readonly #cadence: Cadence
  readonly #measures = new Measures()
  #entries: LogEntry[] = []
  #entryBytes = 0
  #unarchived: LogRecord[] = []
  /** Replacements the archive has not taken yet; they go after what they replace. */
  #unamended: LogRecord[] = []
  /** What waits for the frame that is made next, and for the one being written. */
  #afterNext: (() => void)[] = []
  #afterCurrent: (() => void)[] = []
  #joiners = new Set<Connection>()
  /** A beat came while the last frame was still being written. */
  #isOverdue = false

  constructor(options: StageOptions<State>) {
    this.#options = options
    this.log = options.log
    const { meter, room } = options
    this.fanout = new Fanout({
      done: (frame, sockets, skipped) => {
        meter.frame(room.kind, frame.entries.length, frame.chunk.byteLength, sockets - skipped)
        if (skipped > 0) meter.skipped(room.kind, skipped)
        this.#settle()
        if (this.#isOverdue) this.#cadence.wake()
        this.#isOverdue = false
      },
      resynced: () => meter.resynced(room.kind),
    })
    this.#cadence = new Cadence({ audience: () => this.fanout.size, flush: () => this.flush() })
  }

  /** True while output or archive are behind: commands are refused `busy` until they catch up. */
  get isSaturated(): boolean {
    return (
      this.#entryBytes > kitLimits.pendingBytesMax ||
      this.#unarchived.length + this.#unamended.length > kitLimits.unarchivedMax
    )
  }

  /** Adds an entry to the log; it leaves with the next frame. */
  announce<E extends Entry>(type: string, body: Omit<E, 'seq' | 'at'>): E {
    const added = this.log.append<E>(type, body, this.#options.world.now())
    this.#entries.push(added)
    this.#measures.entry(added.entry.at)
    this.#entryBytes += added.frame.byteLength
    this.#unarchived.push({ type, entry: added.entry as LogRecord['entry'] })
    // Before anybody is answered: what was said must outlive this process.
    this.#archive()
    if (this.#entryBytes > kitLimits.pendingBytesMax) this.#cadence.hurry()
    else this.#cadence.wake()
    return added.entry as E
  }

  /** Replaces kept entries, also those that wait for their frame; returns them as they were. */
  amend(change: (record: LogRecord) => LogRecord['entry'] | undefined): LogRecord[] {
    const amended = this.log.amend((kept) => change(recordOf(kept)))
    for (const { was, is } of amended) {
      const waiting = this.#entries.indexOf(was)
      if (waiting >= 0) this.#entries[waiting] = is
      const { seq } = is
      this.#unarchived = this.#unarchived.map((one) => (one.entry.seq === seq ? recordOf(is) : one))
      this.#unamended.push(recordOf(is))
    }
    this.#archive()
    return amended.map(({ was }) => recordOf(was))
  }

  /** Runs behind the frame that holds what was changed until now. */
  afterFrame(work: () => void): void {
    this.#afterNext.push(work)
    this.#cadence.wake()
  }

  /** The state may have changed. */
  touch(): void {
    this.#cadence.wake()
  }

  /** The state may have changed; a small room says so in this very turn. */
  speak(): void {
    if (this.fanout.size > kitLimits.immediateAudienceMax || this.fanout.isBusy) return this.touch()
    this.flush()
    this.#cadence.spoken()
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

  /** About once a second: time works on its own here. */
  beat(): void {
    if (this.fanout.laggards > 0) this.#cadence.wake()
    this.#archive()
    this.#cadence.wake()
  }

  measure() {
    return {
      ...this.#measures.read(this.#options.world.now()),
      clients: this.fanout.size,
      stateBytes: this.#options.serializer.fullStateFrame().byteLength,
      tickMs: Math.round(frameIntervalMs(this.fanout.size)),
      entries: this.log.head,
    }
  }

  stop(): void {
    this.#cadence.stop()
    this.#archive()
  }

  flush(): void {
    if (this.fanout.isBusy) {
      this.#isOverdue = true
      return
    }
    const startedAt = performance.now()
    // Timers call this, so what throws here would end the process.
    this.#attempt(() => this.#options.beforeFrame())
    const patch = this.#attempt(() => this.#options.serializer.cutPatch())
    const entries = this.#entries
    this.#entries = []
    this.#entryBytes = 0
    this.#afterCurrent = this.#afterNext
    this.#afterNext = []
    // Those who have the state before this frame get the frame …
    if (patch !== undefined || entries.length > 0) {
      this.#emit(patch, entries)
      this.#measures.frame(performance.now() - startedAt)
    } else this.#settle()
    // … and those who come now get a state that already holds it.
    if (this.fanout.laggards > 0) this.#attempt(() => this.#resync())
    for (const connection of this.#joiners) {
      this.#attempt(() => this.fanout.admit(connection, this.#welcome(connection)))
    }
    this.#joiners.clear()
    this.#archive()
  }

  #emit(patch: Buffer | undefined, entries: LogEntry[]): void {
    const parts = entries.map((entry) => entry.frame)
    if (patch !== undefined) parts.unshift(patch)
    const chunk = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
    const frame: Frame = { epoch: this.log.epoch, head: this.log.head, entries, patch, chunk }
    this.fanout.frame(frame)
    for (const sink of this.#options.sinks ?? []) this.#attempt(() => sink.frame(frame))
  }

  /** Everybody has the frame: runs what waited for it. */
  #settle(): void {
    const waited = this.#afterCurrent
    this.#afterCurrent = []
    for (const work of waited) this.#attempt(work)
  }

  #attempt<Made>(work: () => Made): Made | undefined {
    try {
      return work()
    } catch (error) {
      this.#options.failed(error)
      return undefined
    }
  }

  #welcome(connection: Connection): Buffer {
    const backlog = this.log.backlog(connection.backlogWanted)
    const welcome: Welcome = {
      epoch: this.log.epoch,
      head: this.log.head,
      from: backlog[0]?.seq ?? this.log.head + 1,
      backlog: backlog.length,
      you: personOf(connection.member),
      ...this.#options.welcomeMore?.(connection.member),
      serverTime: this.#options.world.now(),
    }
    return Buffer.concat([
      this.#options.serializer.fullStateFrame(),
      messageFrame(kitMessages.welcome, welcome),
      ...backlog.map((entry) => entry.frame),
    ])
  }

  #resync(): void {
    const at: Resync = { epoch: this.log.epoch, head: this.log.head }
    const notice = Buffer.concat([
      this.#options.serializer.fullStateFrame(),
      messageFrame(kitMessages.resync, at),
    ])
    this.fanout.resync(() => notice)
  }

  /** Hands entries to the archive, which never makes the room wait; what it refuses stays here. */
  #archive(): void {
    const { archive, room } = this.#options
    const { epoch } = this.log
    if (this.#unarchived.length > 0 && archive.append(room.id, epoch, this.#unarchived)) {
      this.#unarchived = []
    }
    if (this.#unamended.length === 0 || this.#unarchived.length > 0) return
    if (archive.amend(room.id, epoch, this.#unamended)) this.#unamended = []
  }
}

function recordOf({ type, entry }: LogEntry): LogRecord {
  return { type, entry: entry as LogRecord['entry'] }
}
