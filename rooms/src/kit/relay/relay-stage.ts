/**
 * What a relay shows its sockets: the frames of the room's writer, untouched, on a beat that suits
 * this process; and to joiners the state and log as the frames have left them.
 */
import type { RoomMeter, World } from '../../ports.ts'
import { frameIntervalMs } from '../cadence.ts'
import type { Frame } from '../frame.ts'
import { greeter, resyncOf } from '../greeting.ts'
import { entryIn, type Past } from '../journal/past.ts'
import type { JournalRecord } from '../journal/record.ts'
import type { Member } from '../member.ts'
import { Outlet } from '../outlet.ts'
import type { Welcome } from '../protocol.ts'
import { type LogEntry, RoomLog } from '../room-log.ts'
import { RoomMeter as Measures } from '../room-measures.ts'
import { type Sparing, thinFrame } from '../thin-frame.ts'
import { splitFrames, websocketFrame, wholeFrames } from '../wire.ts'

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
  readonly #outlet: Outlet
  #log = new RoomLog({ epoch: 0, head: 0 })
  /** Ready frames that make the state whole, as the last record left it. */
  #state: Buffer[] = []
  #pending: Buffer[] = []
  #patches: Buffer[] = []
  #entries: LogEntry[] = []
  #spare = new Set<LogEntry>()
  readonly #measures = new Measures()

  constructor(options: RelayStageOptions) {
    this.#options = options
    const { kind, meter, failed } = options
    this.#outlet = new Outlet({
      kind,
      meter,
      failed,
      intervalMs: () => frameIntervalMs(this.#outlet.fanout.size),
      flush: () => this.#flush(),
    })
  }

  get log(): RoomLog {
    return this.#log
  }

  get outlet(): Outlet {
    return this.#outlet
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
    this.#pending = [resync]
    this.#patches = [resync]
    this.#entries = []
    this.#spare = new Set()
    this.#outlet.wake()
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
    for (const frame of wholeFrames(said)) {
      const [payload] = splitFrames(frame)
      const taken = this.#log.take(entryIn(payload as Buffer), frame)
      this.#entries.push(taken)
      if (this.#options.sparing?.(taken)) this.#spare.add(taken)
      this.#measures.entry(taken.entry.at)
    }
    this.#amend(record)
    // Another writer numbers the parts of the state anew: everybody gets all of it.
    const out = isOther && full !== undefined ? Buffer.concat([full, said]) : chunk
    if (out.byteLength > 0) this.#pending.push(out)
    const state = out.subarray(0, out.byteLength - said.byteLength)
    if (state.byteLength > 0) this.#patches.push(state)
    if (out.byteLength > 0) this.#outlet.wake()
    return isGoingOn
  }

  measure() {
    const { fanout } = this.#outlet
    return {
      ...this.#measures.read(this.#options.world.now()),
      clients: fanout.size,
      stateBytes: this.#state.reduce((sum, part) => sum + part.byteLength, 0),
      tickMs: Math.round(frameIntervalMs(fanout.size)),
      entries: this.#log.head,
    }
  }

  stop(): void {
    this.#outlet.stop()
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

  #flush(): void {
    const { fanout } = this.#outlet
    if (fanout.isBusy) return this.#outlet.overdue()
    const startedAt = performance.now()
    this.#outlet.show(
      this.#outlet.take({
        frame: this.#frame(),
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

  #frame(): Frame | undefined {
    if (this.#pending.length === 0) return undefined
    const chunk =
      this.#pending.length === 1 ? (this.#pending[0] as Buffer) : Buffer.concat(this.#pending)
    const [patches, entries, spare] = [this.#patches, this.#entries, this.#spare]
    this.#pending = []
    this.#patches = []
    this.#entries = []
    this.#spare = new Set()
    const { epoch, head } = this.#log
    const frame = { epoch, head, entries, patch: undefined, chunk }
    if (spare.size === 0) return frame
    return { ...frame, thin: () => thinFrame({ epoch, patches, entries, spare }) }
  }
}
