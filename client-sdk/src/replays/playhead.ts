/**
 * Where a replay stands in its recording: it steps through loaded parts, hands on what happens, and
 * says when it has to wait for a part. Knows no clock; somebody says how far to go.
 */
import { changed, type PlainState } from '@odeon/rooms/protocol'
import { noRecording } from './no-recording.ts'
import type { LoadedPart, Recording, ReplayItem } from './recording.ts'
import { stateAt } from './recording.ts'
import { type Part, partAt } from './reel.ts'

/** Entries of the past that a seek brings along. */
const backlogMax = 100

export interface PlayheadSink {
  /** The state is another one; false: nobody recorded what it was. */
  state(state: PlainState, isKnown: boolean): void
  /** The list of entries begins anew with these. */
  restart(entries: ReplayItem[]): void
  entry(entry: ReplayItem): void
}

export class Playhead {
  readonly #recording: Recording
  readonly #parts: readonly Part[]
  readonly #sink: PlayheadSink
  #loaded: LoadedPart | undefined
  #state: PlainState = {}
  #nextStep = 0
  #nextEntry = 0
  /** Counts seeks, so that a late one does nothing. */
  #seeks = 0

  constructor(recording: Recording, parts: readonly Part[], sink: PlayheadSink) {
    this.#recording = recording
    this.#parts = parts
    this.#sink = sink
  }

  /** The next part, once this one is stepped through. */
  get next(): Part | undefined {
    return this.#parts[(this.#loaded?.part.index ?? -1) + 1]
  }

  /** Unix ms where the loaded part ends. */
  get loadedTo(): number {
    return this.#loaded?.part.to ?? 0
  }

  /** Goes to a time. Resolves with false when another seek came meanwhile. */
  async seek(at: number): Promise<boolean> {
    const seek = ++this.#seeks
    const part = partAt(this.#parts, at)
    if (part === undefined) throw new Error('an empty recording')
    const loaded = await this.#recording.part(part)
    const head = loaded.steps.findLast((step) => step.at <= at)?.head ?? part.headFrom
    const past = loaded.entries.filter(({ seq }) => seq <= head)
    const earlier = await this.#recording.before(part.headFrom, backlogMax - past.length)
    const state = stateAt(loaded, at) ?? (await this.#stateBefore(part))
    if (seek !== this.#seeks) return false
    this.#enter(loaded, state)
    this.#nextStep = loaded.steps.filter((step) => step.at <= at).length
    this.#nextEntry = past.length
    this.#sink.restart([...earlier, ...past].slice(-backlogMax))
    this.#tellState()
    return true
  }

  /** Steps up to a time; resolves at once unless a part has to come first. */
  step(to: number): 'there' | Promise<void> {
    const loaded = this.#loaded
    if (loaded === undefined) return 'there'
    this.#stepThrough(loaded, to)
    const { next } = this
    if (next === undefined || to < next.from) return 'there'
    const seek = this.#seeks
    return this.#recording.part(next).then((part) => {
      if (seek !== this.#seeks) return
      this.#enter(part, part.state ?? this.#state)
      this.#tellState()
    })
  }

  /** Loads what comes next, so that playing on does not wait. What fails is tried again then. */
  prefetch(): void {
    const { next } = this
    if (next !== undefined) this.#recording.part(next).catch(() => undefined)
  }

  #stepThrough({ steps, entries }: LoadedPart, to: number): void {
    const before = this.#state
    for (let step = steps[this.#nextStep]; step && step.at <= to; step = steps[this.#nextStep]) {
      this.#nextStep += 1
      if (step.change !== 0) this.#state = changed(this.#state, step.change) as PlainState
      let entry = entries[this.#nextEntry]
      while (entry && entry.seq <= step.head) {
        this.#sink.entry(entry)
        this.#nextEntry += 1
        entry = entries[this.#nextEntry]
      }
    }
    if (this.#state !== before) this.#tellState()
  }

  #enter(loaded: LoadedPart, state: PlainState): void {
    this.#loaded = loaded
    this.#state = state
    this.#nextStep = 0
    this.#nextEntry = 0
  }

  #tellState(): void {
    this.#sink.state(this.#state, this.#loaded?.state !== undefined)
  }

  /**
   * In a hole the state stays as it was last known; before anything was known, as it was first.
   * Rejects with `recording_lost` when it is known nowhere.
   */
  async #stateBefore({ index }: Part): Promise<PlainState> {
    for (const part of this.#parts.slice(0, index).toReversed()) {
      const state = await this.#stateOf(part, Number.POSITIVE_INFINITY)
      if (state !== undefined) return state
    }
    for (const part of this.#parts.slice(index + 1)) {
      const state = await this.#stateOf(part, Number.NEGATIVE_INFINITY)
      if (state !== undefined) return state
    }
    if (this.#loaded === undefined) throw noRecording('lost')
    return this.#state
  }

  async #stateOf(part: Part, at: number): Promise<PlainState | undefined> {
    if (part.segment === undefined) return undefined
    return stateAt(await this.#recording.part(part), at)
  }
}
