/** Stores the segments of one room in order, tries again while storing fails, within bounds. */
import type { RoomRecording, WrittenSegment } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import { recorderLimits } from './limits.ts'
import type { RecorderMeter } from './recorder-meter.ts'
import type { SegmentShelf } from './segment-shelf.ts'

export interface RoomWriterDeps {
  recording: RoomRecording
  shelf: SegmentShelf
  meter: RecorderMeter
  log: Logger
  now(): number
  /** Bytes that wait to be stored, of all rooms together. */
  houseBytes(): number
}

export class RoomWriter {
  readonly recording: RoomRecording
  readonly #deps: RoomWriterDeps
  /** By place, so that a later form of an open segment replaces the earlier one. */
  readonly #unstored = new Map<string, WrittenSegment>()
  #storing: Promise<void> | undefined
  #flushedAt: number
  #triedAt = 0
  #failures = 0
  #stored: number | undefined
  #endedAt: number | undefined
  /** Removed or too large: nothing more of this room is kept. */
  #isStopped = false

  constructor(deps: RoomWriterDeps) {
    this.#deps = deps
    this.recording = deps.recording
    this.#flushedAt = deps.now()
  }

  get unstoredBytes(): number {
    let bytes = 0
    for (const { text } of this.#unstored.values()) bytes += text.length
    return bytes
  }

  /** Nothing is left to be done for this room. */
  get isDone(): boolean {
    if (this.#isStopped) return true
    const isOver = this.#endedAt !== undefined && this.#isLingered
    return isOver && !this.recording.hasWork && this.#unstored.size === 0 && !this.#storing
  }

  /** Takes what is due to be stored and stores it; called a few times a second. */
  tend(): void {
    const { now } = this.#deps
    const { recording } = this
    if (recording.isEnded) this.#endedAt ??= now()
    const isDue = now() - this.#flushedAt >= recorderLimits.flushEveryMs
    const isEnd = this.#endedAt !== undefined && this.#isLingered && !recording.hasWork
    if (isDue || isEnd || recording.hasClosed) this.#take(isEnd)
    if (this.#unstored.size > 0 && this.#storing === undefined && now() >= this.#triedAt) {
      this.#storing = this.#store().finally(() => {
        this.#storing = undefined
      })
    }
  }

  /** The process ends: everything is taken and stored, one try each. */
  async finish(): Promise<void> {
    this.recording.work(Number.POSITIVE_INFINITY)
    await this.#storing
    this.#take(true)
    await this.#store()
  }

  get #isLingered(): boolean {
    return this.#deps.now() - (this.#endedAt ?? 0) >= recorderLimits.lingerMs
  }

  #take(all: boolean): void {
    this.#flushedAt = this.#deps.now()
    for (const segment of this.recording.take(all)) {
      const place = `${segment.facts.epoch}-${segment.facts.n}`
      this.#unstored.delete(place)
      this.#unstored.set(place, segment)
    }
    this.#keepBounds()
  }

  /** What goes is a hole: its neighbours say so by their numbers. */
  #keepBounds(): void {
    const { unstoredBytesMax, unstoredHouseBytesMax } = recorderLimits
    const { meter, log, houseBytes } = this.#deps
    for (const [place, { text, facts }] of this.#unstored) {
      const isTooMuch =
        this.unstoredBytes > unstoredBytesMax || houseBytes() > unstoredHouseBytesMax
      if (!isTooMuch || this.#unstored.size === 1) return
      this.#unstored.delete(place)
      meter.lost(text.length)
      log.error({ room: this.recording.room.id, ...facts }, 'a recorded segment was given up')
    }
  }

  async #store(): Promise<void> {
    const { shelf, meter, log, now } = this.#deps
    const { id } = this.recording.room
    try {
      this.#stored ??= await shelf.bytesOf(id)
      for (const [place, segment] of this.#unstored) {
        const bytes = await shelf.put(id, segment)
        if (bytes === null) return this.#stop('its recording was removed')
        if (this.#unstored.get(place) === segment) this.#unstored.delete(place)
        meter.stored(bytes)
        if (segment.isClosed) this.#stored += bytes
        if (this.#stored > recorderLimits.recordingBytesMax) return this.#stop('it is too large')
      }
      this.#failures = 0
    } catch (err) {
      const { retryAfterMs, retryAfterMsMax } = recorderLimits
      const pauseMs = Math.min(retryAfterMsMax, retryAfterMs * 2 ** this.#failures++)
      this.#triedAt = now() + pauseMs
      meter.failed()
      log.warn({ err, room: id, pauseMs }, 'a recording cannot be stored')
    }
  }

  #stop(why: string): void {
    this.#isStopped = true
    this.#unstored.clear()
    this.recording.abandon()
    this.#deps.log.warn({ room: this.recording.room.id }, `a room is not recorded any more: ${why}`)
  }
}
