/** Records the rooms of this process: gives each frames' taker, writes in slices, stores beside. */
import {
  type FrameSink,
  type RecordedKind,
  type RecordedRoom,
  type Recorder,
  RoomRecording,
} from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import { within } from '../platform/within.ts'
import { recorderLimits } from './limits.ts'
import type { RecorderMeter } from './recorder-meter.ts'
import { RoomWriter } from './room-writer.ts'
import type { SegmentShelf } from './segment-shelf.ts'

export interface HouseRecorderDeps {
  /** What is recorded, by kind of room. */
  kinds: Readonly<Record<string, RecordedKind>>
  shelf: SegmentShelf
  meter: RecorderMeter
  log: Logger
  now(): number
}

export class HouseRecorder implements Recorder {
  readonly #deps: HouseRecorderDeps
  readonly #rooms = new Set<RoomWriter>()
  #timer: NodeJS.Timeout | undefined

  constructor(deps: HouseRecorderDeps) {
    this.#deps = deps
  }

  open(room: RecordedRoom): FrameSink | undefined {
    const { kinds, now } = this.#deps
    const kind = kinds[room.kind]
    if (kind === undefined) return undefined
    const recording = new RoomRecording(room, kind, now)
    const houseBytes = () => this.#unstoredBytes
    this.#rooms.add(new RoomWriter({ ...this.#deps, recording, houseBytes }))
    this.#timer ??= setInterval(() => this.#round(), recorderLimits.workEveryMs)
    return recording
  }

  /** Stores everything, within bounds of time. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#timer = undefined
    const { log } = this.#deps
    const finished = Promise.all(Array.from(this.#rooms, (room) => room.finish()))
    const outcome = await within(recorderLimits.closeMs, finished)
    if (outcome === 'late') log.warn({}, 'recordings were not stored to their end')
    this.#rooms.clear()
  }

  get #unstoredBytes(): number {
    let bytes = 0
    for (const room of this.#rooms) bytes += room.unstoredBytes
    return bytes
  }

  #round(): void {
    for (const room of this.#rooms) {
      const { recording } = room
      this.#guarded(room, () => room.tend())
      if (recording.overruns > 0) this.#deps.meter.overrun()
      recording.overruns = 0
      if (room.isDone) this.#rooms.delete(room)
    }
    this.#write()
    if (this.#rooms.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** For a moment at a time, so that nobody else in this process has to wait. */
  readonly #write = (): void => {
    const { workFrames, workMsMax } = recorderLimits
    const startedAt = performance.now()
    let frames = 0
    let isMore = false
    for (const room of this.#rooms) {
      const { recording } = room
      const isLate = performance.now() - startedAt > workMsMax
      if (!isLate) this.#guarded(room, () => (frames += recording.work(workFrames)))
      isMore ||= recording.hasWork
    }
    this.#deps.meter.worked(frames, performance.now() - startedAt)
    if (isMore && this.#timer !== undefined) setImmediate(this.#write)
  }

  /** A room that cannot be recorded is no reason not to record the others. */
  #guarded(room: RoomWriter, work: () => unknown): void {
    try {
      work()
    } catch (err) {
      this.#rooms.delete(room)
      this.#deps.log.error({ err, room: room.recording.room.id }, 'a room cannot be recorded')
    }
  }
}
