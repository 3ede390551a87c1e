/**
 * Where a room is written: state, log and what of both has not left yet. It makes one frame a
 * tick, has it kept, and hands it to the sinks; joiners are greeted between frames, so nobody
 * misses or doubles.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Schema } from '@colyseus/schema'
import type { LogArchive, LogRecord, RoomMeter, World } from '../ports.ts'
import type { Audience } from './audience-class.ts'
import { ArchiveFeed, recordOf } from './archive-feed.ts'
import { frameIntervalMs, restOf } from './cadence.ts'
import type { Connection } from './connection.ts'
import type { Fanout, Greeting } from './fanout.ts'
import type { Frame, FrameKeeper, FrameSink } from './frame.ts'
import { Outlet, type Output } from './outlet.ts'
import { greeter, resyncOf } from './greeting.ts'
import type { Member } from './member.ts'
import { type Entry, kitLimits, type Welcome } from './protocol.ts'
import type { Gap, LogEntry, Position, RoomLog } from './room-log.ts'
import { RoomMeter as Measures } from './room-measures.ts'
import type { StageSerializer } from './stage-serializer.ts'
import { type Sparing, thinFrame } from './thin-frame.ts'

export interface StageOptions<State extends Schema> {
  room: { id: string; kind: string }
  serializer: StageSerializer<State>
  log: RoomLog
  archive: LogArchive
  /** Entries of the log from before that the archive may lack. */
  unarchived?: readonly LogRecord[]
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
  keeper?: FrameKeeper | undefined
  /** Without it everything matters. */
  sparing?: Sparing | undefined
  /** Without it everybody sees the same. */
  audience?: Audience<State> | undefined
}

export class Stage<State extends Schema> {
  readonly log: RoomLog
  readonly #options: StageOptions<State>
  readonly #outlet: Outlet
  readonly #measures = new Measures()
  readonly #archive: ArchiveFeed
  #entries: LogEntry[] = []
  #entryBytes = 0
  /** Of the entries that wait, those that slow readers may be spared. */
  #spare = new Set<LogEntry>()
  /** A frame is being kept; nobody has seen it, nor its entries. */
  #isKeeping = false
  #keeping: Promise<void> | undefined
  #unshown: LogRecord[] = []

  constructor(options: StageOptions<State>) {
    this.#options = options
    this.log = options.log
    const { meter, room, archive, audience } = options
    if (audience !== undefined) options.serializer.show(audience.classes)
    this.#archive = new ArchiveFeed(archive, room.id, this.log.epoch, options.unarchived)
    this.#outlet = new Outlet({
      kind: room.kind,
      meter,
      head: this.log.head,
      failed: options.failed,
      classOf: audience?.classOf,
      waitMs: restOf(() => Math.max(this.#intervalMs, this.#outlet.restMs)),
      flush: () => this.flush(),
    })
  }

  get fanout(): Fanout {
    return this.#outlet.fanout
  }

  /** True while output or archive are behind: commands are refused `busy` until they catch up. */
  get isSaturated(): boolean {
    const { pendingBytesMax, unarchivedMax } = kitLimits
    return this.#entryBytes > pendingBytesMax || this.#archive.length > unarchivedMax
  }

  /** True when what was done may not be told before its frame is kept. */
  get isHolding(): boolean {
    if (this.#options.keeper === undefined) return false
    return this.#isKeeping || this.#hasOutput
  }

  /** Adds an entry to the log; it leaves with the next frame. */
  announce<E extends Entry>(type: string, body: Omit<E, 'seq' | 'at'>): E {
    const added = this.log.append<E>(type, body, this.#options.world.now())
    this.#entries.push(added)
    if (this.#options.sparing?.(added)) this.#spare.add(added)
    this.#measures.entry(added.entry.at)
    this.#entryBytes += added.frame.byteLength
    if (this.#options.keeper === undefined) {
      this.#archive.add([recordOf(added)])
      // Before anybody is answered: what was said must outlive this process.
      this.#archive.push()
    }
    if (this.#entryBytes > kitLimits.pendingBytesMax) this.#outlet.hurry()
    else this.#outlet.wake()
    return added.entry as E
  }

  /** Replaces kept entries, also those that wait for their frame; returns them as they were. */
  amend(change: (record: LogRecord) => LogRecord['entry'] | undefined): LogRecord[] {
    const amended = this.log.amend((kept) => change(recordOf(kept)))
    for (const { was, is } of amended) {
      const record = recordOf(is)
      const waiting = this.#entries.indexOf(was)
      if (waiting >= 0) this.#entries[waiting] = is
      if (this.#spare.delete(was)) this.#spare.add(is)
      if (!this.#replaceUnshown(record, waiting)) this.#archive.amend(record)
      this.#options.keeper?.amended(record)
    }
    this.#archive.push()
    return amended.map(({ was }) => recordOf(was))
  }

  /** Runs behind the frame that holds what was changed until now. */
  afterFrame(work: () => void): void {
    this.#outlet.afterFrame(work)
  }

  /** What follows a position, of what everybody here was shown. */
  read(from: Position, say: (gap: Gap) => void): void {
    this.#outlet.read(() => this.log, from, say)
  }

  /** The state may have changed. */
  touch(): void {
    this.#outlet.wake()
  }

  /** The state may have changed; a small room says so in this very turn. */
  speak(): void {
    const isBusy = this.fanout.isBusy || this.#isKeeping
    if (this.#intervalMs > 0 || isBusy) return this.touch()
    this.flush()
    this.#outlet.spoken()
  }

  /** Greets a socket that confirmed its join, between two frames. */
  greet(connection: Connection): void {
    this.#outlet.greet(connection)
  }

  forget(connection: Connection): void {
    this.#outlet.forget(connection)
  }

  /** About once a second: time works on its own here. */
  beat(): void {
    this.#archive.push()
    this.#outlet.wake()
  }

  measure() {
    return {
      ...this.#measures.read(this.#options.world.now()),
      clients: this.fanout.size,
      stateBytes: this.#options.serializer.fullStateFrame().byteLength,
      tickMs: Math.round(this.#intervalMs),
      entries: this.log.head,
    }
  }

  /** Resolves when no frame is under way: the next flush takes all that happened until then. */
  async idle(): Promise<void> {
    while (this.fanout.isBusy || this.#isKeeping) {
      await this.#keeping
      if (this.fanout.isBusy) await nextTurn()
    }
  }

  /** Resolves when the frame under way, if there is one, is kept and on its way to everybody. */
  async shown(): Promise<void> {
    await this.#keeping
  }

  stop(): void {
    this.#outlet.stop()
    this.#archive.push()
    for (const sink of this.#options.sinks ?? []) this.#attempt(() => sink.close?.())
  }

  flush(): void {
    if (this.fanout.isBusy || this.#isKeeping) return this.#outlet.overdue()
    const startedAt = performance.now()
    this.#attempt(() => this.#options.beforeFrame())
    const patch = this.#attempt(() => this.#options.serializer.cutPatch())
    const { keeper } = this.#options
    const isNothing = patch === undefined && this.#entries.length === 0 && !keeper?.hasHidden
    const output = this.#leave(patch)
    if (isNothing || keeper === undefined) return this.#show(output, startedAt)
    const frame = output.frame ?? this.#frameOf(undefined, [])
    const fullState = () => this.#options.serializer.fullStateFrame()
    const kept = this.#attempt(() => keeper.keep({ frame, fullState }))
    if (kept === undefined) return this.#show(output, startedAt)
    this.#isKeeping = true
    this.#keeping = kept.then((isOurs) => {
      this.#isKeeping = false
      if (isOurs) this.#show(output, startedAt)
      this.#outlet.catchUp()
    })
  }

  /** With relays a beat even for few: each of them passes on what comes, on a beat of its own. */
  get #intervalMs(): number {
    const own = frameIntervalMs(this.fanout.size)
    return this.#options.keeper?.hasRelays ? Math.max(own, kitLimits.tickMs) : own
  }

  get #hasOutput(): boolean {
    const { serializer, keeper } = this.#options
    return this.#entries.length > 0 || serializer.hasChanges || (keeper?.hasHidden ?? false)
  }

  #leave(patch: Buffer | undefined): Output {
    const entries = this.#entries
    this.#entries = []
    this.#entryBytes = 0
    if (this.#options.keeper !== undefined) this.#unshown = entries.map(recordOf)
    const { classPatches } = this.#options.serializer
    const isOutput = patch !== undefined || entries.length > 0 || classPatches.size > 0
    return this.#outlet.take({
      frame: isOutput ? this.#frameOf(patch, entries) : undefined,
      greeter: () => this.#greeter(),
      resync: () =>
        this.#byClass((state) => {
          const resync = resyncOf([state], this.log)
          return () => resync
        }),
    })
  }

  /** True when the archive will get it as it reads now, because it has not got it yet. */
  #replaceUnshown(record: LogRecord, waiting: number): boolean {
    if (this.#options.keeper !== undefined && waiting >= 0) return true
    const unshown = this.#unshown.findIndex(({ entry }) => entry.seq === record.entry.seq)
    if (unshown >= 0) this.#unshown[unshown] = record
    return unshown >= 0
  }

  #frameOf(patch: Buffer | undefined, entries: LogEntry[]): Frame {
    const parts = entries.map((entry) => entry.frame)
    if (patch !== undefined) parts.unshift(patch)
    const chunk = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
    const { epoch, head } = this.log
    const { sinks, serializer } = this.#options
    const full = sinks?.some((sink) => sink.wantsState) ? serializer.fullStateFrame() : undefined
    const own = serializer.classPatches
    const frame = { epoch, head, entries, patch, own, chunk, full }
    const spare = this.#spare
    if (spare.size === 0) return frame
    this.#spare = new Set()
    const patches = patch === undefined ? [] : [patch]
    return { ...frame, thin: () => thinFrame({ epoch, patches, entries, spare }) }
  }

  #show(output: Output, startedAt: number): void {
    this.#archive.add(this.#unshown)
    this.#unshown = []
    this.#archive.push()
    this.#outlet.show(output)
    const { frame } = output
    // What only some see goes to nobody else.
    if (frame === undefined || frame.chunk.byteLength === 0) return
    for (const sink of this.#options.sinks ?? []) this.#attempt(() => sink.frame(frame))
    this.#measures.frame(performance.now() - startedAt)
  }

  #attempt<Made>(work: () => Made): Made | undefined {
    return this.#outlet.attempt(work)
  }

  #greeter(): Greeting {
    const { welcomeMore, world } = this.#options
    const moreOf = (member: Member) => welcomeMore?.(member)
    const facts = { log: this.log, moreOf, now: world.now }
    return this.#byClass((state) => greeter({ state: [state], ...facts }))
  }

  /** Made now for each class, of the state as it is now: sockets may be written to later. */
  #byClass(greetingWith: (state: Buffer) => Greeting): Greeting {
    const { serializer, audience } = this.#options
    const common = greetingWith(serializer.fullStateFrame())
    const names = Object.keys(audience?.classes ?? {})
    const own = new Map(names.map((name) => [name, greetingWith(serializer.fullStateFrame(name))]))
    return (connection) => (own.get(connection.audience ?? '') ?? common)(connection)
  }
}
