/** A live stream's room seen again: `odeon.replays.open(streamId)`. */
import type { LiveEvents, PlainState } from '@odeon/rooms/protocol'
import { Listeners } from '../listeners.ts'
import type { LiveSnapshot } from '../live/live-connection.ts'
import { type About, LogView } from '../room/log-view.ts'
import type { EventListener } from '../room/room-connection.ts'
import { StateView } from '../room/state-view.ts'
import type { World } from '../world.ts'
import { Playhead } from './playhead.ts'
import { goneBecause, type GoneBecause, type ReplayItem } from './recording.ts'
import { holesOf, partsOf } from './reel.ts'
import type { ReplayEvents, ReplayStatus } from './replay-events.ts'
import { ReplayClock } from './replay-clock.ts'
import { demandSpeed, type LiveReplayOptions, replayLimits } from './replay-options.ts'
import { withWords } from './with-words.ts'

const { tickMs, aheadMs, retryMs } = replayLimits

export class LiveReplay {
  readonly streamId: string
  /** Unix ms of the stream's start. */
  readonly startedAt: number
  /** Ms that the stream lasted. */
  readonly duration: number
  /** What happened in each `ms` of it: entries and reactions, for a line over its length. */
  readonly pulse: { readonly ms: number; readonly points: readonly number[] }
  /** Stretches of which only what was said is known, in ms since the start. */
  readonly holes: readonly { from: number; to: number }[]
  /** A page of the archive: the entries before `before`, or the newest of all. */
  readonly history: LiveReplayOptions['history']
  readonly #world: World
  readonly #state = new StateView<LiveSnapshot>()
  readonly #log = new LogView<LiveEvents>()
  readonly #playhead: Playhead
  readonly #statusChanged = new Listeners()
  readonly #positionChanged = new Listeners()
  #isStateKnown = true
  #wants: 'play' | 'pause' = 'pause'
  #status: ReplayStatus = 'loading'
  #goneBecause: GoneBecause | undefined
  #position = 0
  readonly #clock: ReplayClock
  #cancelTick: (() => void) | undefined
  #isClosed = false
  /** Counts seeks: what was waited for before one is not waited for after it. */
  #seeks = 0

  /** Made by `odeon.replays.open`. */
  constructor({ streamId, recording, facts, history, world }: LiveReplayOptions) {
    const { startedAt, durationMs, pulse: points, pulseMs: ms, quoted } = facts
    const parts = partsOf(facts)
    this.streamId = streamId
    this.duration = durationMs
    this.pulse = { ms, points }
    this.holes = holesOf(parts, startedAt)
    this.history = history
    this.startedAt = startedAt
    this.#world = world
    this.#clock = new ReplayClock(world)
    this.#playhead = new Playhead(recording, parts, {
      state: (state, isKnown) => this.#renew(withWords(state, quoted), isKnown),
      restart: (entries) => this.#restart(entries),
      entry: (entry) => this.#deliver(entry, false),
    })
  }

  /** The room's state at `position`: plain data that never changes itself. */
  get state(): LiveSnapshot {
    return this.#state.current
  }

  /** False in a hole of the recording: `state` is then the last one that is known. */
  get isStateKnown(): boolean {
    return this.#isStateKnown
  }

  /** The newest entries up to `position`, oldest first; at most 500. */
  get entries(): readonly ReplayItem[] {
    return this.#log.entries
  }

  get status(): ReplayStatus {
    return this.#status
  }

  /** With the status `gone`: the code with which it would be refused now. */
  get goneBecause(): GoneBecause | undefined {
    return this.#goneBecause
  }

  /** Ms since the stream's start. */
  get position(): number {
    return this.#position
  }

  /** 0.25–4 times as fast as it was; anything else throws `RangeError` and changes nothing. */
  get speed(): number {
    return this.#clock.speed
  }
  set speed(speed: number) {
    demandSpeed(speed)
    this.#move()
    this.#clock.speed = speed
    this.#statusChanged.tell()
  }

  /** Calls back when what `select` picks out changes, and only then; the result stops it. */
  onChange<Value>(
    select: (state: LiveSnapshot) => Value,
    call: (now: Value, before: Value) => void,
  ): () => void {
    return this.#state.onChange(select, call)
  }

  /**
   * Calls back for every event as it is played, in order; those that a seek brings along come as
   * `replayed`, after `seeked`. `ended` comes when the end is reached. The result stops it.
   */
  on<Type extends keyof LiveEvents>(
    event: Type,
    listener: EventListener<LiveEvents, Type>,
  ): () => void
  on<Type extends keyof ReplayEvents>(
    event: Type,
    listener: (body: ReplayEvents[Type]) => void,
  ): () => void
  on(event: string, listener: (told: never, about: About) => void): () => void {
    return this.#log.on(event, listener)
  }

  // Bound, so that they can be handed to a store hook as they are.

  /** Calls back after each step that brought state; read `state` then. */
  readonly onState = (call: () => void): (() => void) => this.#state.onFrame(call)
  /** Calls back when `entries` changes. */
  readonly onEntries = (call: () => void): (() => void) => this.#log.onEntries(call)
  /** Calls back when `status` or `speed` changes. */
  readonly onStatus = (call: () => void): (() => void) => this.#statusChanged.add(call)
  /** Calls back as `position` moves, some ten times a second. */
  readonly onPosition = (call: () => void): (() => void) => this.#positionChanged.add(call)

  /** Goes on from here; from the start when it had ended. */
  play(): void {
    this.#wants = 'play'
    if (this.#status === 'ended') void this.seek(0).catch(() => this.#wait())
    else if (this.#status === 'paused') this.#run()
  }

  pause(): void {
    this.#move()
    this.#wants = 'pause'
    if (this.#status !== 'playing') return
    this.#cancelTick?.()
    this.#show('paused')
  }

  /**
   * Goes to a place, ms since the start, and goes on playing or resting there. Fetches the part in
   * which it lies and no other. Rejects with `Unavailable` or `Refusal` when that cannot be had.
   */
  async seek(ms: number): Promise<void> {
    const from = this.#position
    const seek = ++this.#seeks
    this.#cancelTick?.()
    this.#show('loading')
    this.#place(Math.min(this.duration, Math.max(0, Number.isFinite(ms) ? ms : 0)))
    const to = this.#position
    this.#log.hear('seeked', { from, to })
    try {
      if (!(await this.#playhead.seek(this.startedAt + to))) return
    } catch (error) {
      // What is shown is of before; whoever asked is told.
      if (seek === this.#seeks) {
        this.#place(from)
        if (!this.#isGone(error)) this.#show('paused')
      }
      throw error
    }
    this.#goOn()
  }

  /**
   * While it plays it is where `clock` says, ms since the start: that of a film, which may stand
   * still. Only `seek` leads back. While it says undefined, or none is given, time goes by itself.
   */
  follow(clock: (() => number | undefined) | undefined): void {
    this.#move()
    this.#clock.outside = clock
  }

  /** Ends it: nothing is heard or fetched any more. */
  close(): void {
    this.#isClosed = true
    this.#cancelTick?.()
    this.#log.clear()
    this.#state.clear()
    this.#statusChanged.clear()
    this.#positionChanged.clear()
  }

  /** Resolves when state and entries of that place are here; called once, by who made it. */
  async open(ms: number): Promise<void> {
    await this.seek(ms)
    this.#world.after(0, () => this.#log.release())
  }

  /** As it was wanted before something had to be loaded. */
  #goOn(): void {
    if (this.#isClosed) return
    if (this.#position >= this.duration) this.#end()
    else if (this.#wants === 'play') this.#run()
    else this.#show('paused')
  }

  #run(): void {
    this.#clock.start()
    this.#show('playing')
    this.#tickLater()
  }

  #tickLater(): void {
    this.#cancelTick?.()
    this.#cancelTick = this.#world.after(tickMs, () => {
      this.#move()
      if (this.#status === 'playing') this.#tickLater()
    })
  }

  /** Brings everything to where the clock says it is. */
  #move(): void {
    if (this.#status !== 'playing') return
    this.#place(Math.min(this.duration, this.#clock.from(this.#position)))
    this.#step()
  }

  /** All that happened up to here; a part that has to come first is waited for. */
  #step(): void {
    const at = this.startedAt + this.#position
    const outcome = this.#playhead.step(at)
    if (outcome === 'there') {
      if (this.#playhead.loadedTo - at < aheadMs * this.#clock.speed) this.#playhead.prefetch()
      if (this.#status === 'loading' || this.#position >= this.duration) this.#goOn()
      return
    }
    this.#show('loading')
    const seeks = this.#seeks
    outcome.then(
      () => seeks === this.#seeks && this.#status === 'loading' && this.#step(),
      (error: unknown) => seeks === this.#seeks && !this.#isGone(error) && this.#wait(),
    )
  }

  /** What comes next could not be had: it is asked for again in a while. */
  #wait(): void {
    if (this.#isClosed) return
    this.#cancelTick = this.#world.after(retryMs, () => {
      if (this.#status === 'loading') this.#step()
      else if (this.#status === 'paused') this.#goOn()
    })
  }

  /** Then nothing of it is asked for again. */
  #isGone(error: unknown): boolean {
    this.#goneBecause = goneBecause(error)
    if (this.#goneBecause === undefined) return false
    this.#show('gone')
    return true
  }

  #end(): void {
    this.#wants = 'pause'
    this.#show('ended')
    this.#log.hear('ended', { at: this.duration })
  }

  #place(position: number): void {
    this.#position = position
    this.#positionChanged.tell()
  }

  #show(status: ReplayStatus): void {
    if (this.#status === status) return
    this.#status = status
    this.#statusChanged.tell()
  }

  #renew(state: PlainState, isKnown: boolean): void {
    this.#isStateKnown = isKnown
    this.#state.renew({ read: () => state })
  }

  #restart(entries: ReplayItem[]): void {
    this.#log.restart()
    for (const entry of entries) this.#deliver(entry, true)
  }

  #deliver({ type, ...entry }: ReplayItem, replayed: boolean): void {
    this.#log.deliver(type, entry, replayed)
  }
}
