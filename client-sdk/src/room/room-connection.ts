/**
 * A room as a program holds it, whatever its kind: state, events in order, commands that land
 * once, and a connection that comes back by itself. Kinds of rooms extend it with their commands.
 */
import type { Entry, LogReadReply, Person, Resync, Sampled, Welcome } from '@odeon/rooms/protocol'
import { kitLimits, kitMessages } from '@odeon/rooms/protocol'
import { Listeners } from '../listeners.ts'
import type { World } from '../world.ts'
import type { ClosedBecause } from './closing.ts'
import { type Discontinuity, LogMerger, type LogPosition, type Skipped } from './log-merger.ts'
import { type About, type LogItem, LogView } from './log-view.ts'
import { type CommandOptions, Outbox, type OutboxItem } from './outbox.ts'
import { type ConnectionStatus, RoomLink } from './room-link.ts'
import type { StateMirror } from './state-mirror.ts'
import { StateView } from './state-view.ts'
import type { Answer } from './wire.ts'
import type { Wakeups } from './wakeups.ts'
import type { Door } from './way-in.ts'

const readLimits = { retryMs: 1_000, historyWithinMs: 5_000 } as const

export interface RoomOptions {
  door: Door
  world: World
  wakeups: Wakeups
  /** Default deadline of commands in ms. */
  deadlineMs?: number | undefined
  /** Reads the room's pulse from its raw state: when it was taken and how far the log reached. */
  pulse?: (state: unknown) => { at: number; head: number } | undefined
  /** Makes of the plain state what users shall see. */
  view?: (plain: unknown) => unknown
}

/** The commands of a kind of room by name: what is asked, what is replied. */
type CommandShapes<Commands> = Record<keyof Commands, { ask: object; reply: unknown }>

/** Listener of an event: the entry, and whether it is history. */
export type EventListener<Events, Type extends keyof Events> = (
  entry: Events[Type],
  about: About,
) => void

/** `Words` are what a room says to some of its members without a number, by name. */
export class RoomConnection<
  State,
  Events,
  Commands extends CommandShapes<Commands>,
  Words extends object = object,
> {
  readonly #link: RoomLink
  readonly #merger: LogMerger
  readonly #log = new LogView<Events>()
  readonly #state: StateView<State>
  readonly #outbox: Outbox
  readonly #world: World
  readonly #statusChanged = new Listeners<[ConnectionStatus]>()
  readonly #pulse: RoomOptions['pulse']
  #pulseAt = 0
  #you: Person | undefined
  #standing: object | undefined
  #caughtUp: (() => void) | undefined
  #cancelRead: (() => void) | undefined

  constructor({ door, world, wakeups, deadlineMs, pulse, view }: RoomOptions) {
    this.#world = world
    this.#pulse = pulse
    this.#state = new StateView(view as ((plain: unknown) => State) | undefined)
    this.#outbox = new Outbox(world, deadlineMs)
    this.#merger = new LogMerger({
      deliver: (type, entry, replayed) => this.#log.deliver(type, entry, replayed),
      announce: (gap) => this.#log.announce(gap),
      skip: (gap) => this.#log.skip(gap),
      read: (position, when) => this.#read(position, when),
    })
    this.#link = new RoomLink(door, world, wakeups, {
      welcome: (welcome) => this.#welcome(welcome),
      state: (mirror) => this.#renew(mirror),
      message: (type, payload) => this.#hear(type, payload),
      lost: () => this.#lost(),
      statusChanged: () => this.#statusChanged.tell(this.connection),
    })
  }

  /** State as it is now: plain data that never changes itself. A later read gives a later one. */
  get state(): State {
    return this.#state.current
  }

  /** `live`; `resuming` while it is lost and coming back; `closed` for good. */
  get connection(): ConnectionStatus {
    return this.#link.status
  }

  /** Unix ms of the next try to come back; undefined while live, or while trying. */
  get nextAttemptAt(): number | undefined {
    return this.#link.nextAttemptAt
  }

  /** Why the room is closed; undefined until it is. */
  get closeReason(): ClosedBecause | undefined {
    return this.#link.closedBecause
  }

  /** Who you are in this room. */
  get you(): Person {
    if (this.#you === undefined) throw new Error('The room was never joined.')
    return this.#you
  }

  /** What the room said of how you stand in it: with the welcome, then by `standsNow`. */
  protected get standingSaid(): object | undefined {
    return this.#standing
  }

  /** The room says that you are somebody else here now. */
  protected standsNow(role: Person['role'], standing: object): void {
    this.#you = { ...this.you, role }
    this.#standing = standing
  }

  /** The newest entries of the log, history included, oldest first; at most 500. */
  get entries(): readonly LogItem<Events>[] {
    return this.#log.entries
  }

  /** Commands without an answer yet, oldest first. */
  get outbox(): readonly OutboxItem[] {
    return this.#outbox.items
  }

  /**
   * Calls back when what `select` picks out of the state changes, and only then; the result stops
   * it. Selectors may build arrays and objects: these are compared by content.
   */
  onChange<Value>(
    select: (state: State) => Value,
    call: (now: Value, before: Value) => void,
  ): () => void {
    return this.#state.onChange(select, call)
  }

  /**
   * Calls back for every event of that name in the log, in order, once; `discontinuity` tells of
   * entries that could not be had any more, `skipped` of chat that this connection was too slow for
   * and that `history` still has. Words that a room says to some of its members come
   * the same way, without a number: heard now or never. Listeners attached in the same turn as the
   * join miss nothing. The result stops it.
   */
  on<Type extends keyof Events & string>(
    event: Type,
    listener: EventListener<Events, Type>,
  ): () => void
  on(event: 'discontinuity', listener: (gap: Discontinuity) => void): () => void
  on(event: 'skipped', listener: (gap: Skipped) => void): () => void
  on<Word extends keyof Words & string>(
    word: Word,
    listener: (body: Words[Word]) => void,
  ): () => void
  on(event: string, listener: (entry: never, about: About) => void): () => void {
    return this.#log.on(event, listener)
  }

  // The four below are bound, so that they can be handed to a store hook as they are.

  /** Calls back after every frame that brought state; read `state` then. */
  readonly onState = (call: () => void): (() => void) => this.#state.onFrame(call)

  /** Calls back when `connection` or `nextAttemptAt` changes. */
  readonly onConnection = (call: (connection: ConnectionStatus) => void): (() => void) =>
    this.#statusChanged.add(call)

  /** Calls back when `entries` changes. */
  readonly onEntries = (call: () => void): (() => void) => this.#log.onEntries(call)

  /** Calls back when `outbox` changes. */
  readonly onOutbox = (call: () => void): (() => void) => this.#outbox.onChange(call)

  /** While the connection is being resumed: tries now instead of at `nextAttemptAt`. */
  tryNow(): void {
    this.#link.tryNow()
  }

  /** Leaves for good. Commands still waiting fail with `Unavailable` `closed`. */
  leave(): Promise<void> {
    return this.#link.leave()
  }

  protected send<Name extends keyof Commands & string>(
    command: Name,
    ask: Commands[Name]['ask'],
    options?: CommandOptions,
  ): Promise<Commands[Name]['reply']> {
    return this.#outbox.send(command, ask, options)
  }

  /** Ends it without a goodbye: the person it was joined as is gone. */
  close(because: ClosedBecause): void {
    this.#link.close(because)
  }

  /** Resolves when the room is live and its history is here; called once, by who made it. */
  async open(backlog: number = kitLimits.backlogEntriesMax): Promise<void> {
    await this.#link.join(backlog)
    await this.#historyArrived()
    this.#world.after(0, () => this.#log.release())
  }

  #historyArrived(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#world.after(readLimits.historyWithinMs, resolve)
      this.#caughtUp = () => {
        if (this.connection === 'live' && !this.#merger.isCurrent) return
        this.#caughtUp = undefined
        cancel()
        resolve()
      }
      this.#caughtUp()
    })
  }

  #welcome(welcome: Welcome): void {
    this.#you = welcome.you
    this.#standing = welcome.standing
    this.#pulseAt = 0
    this.#merger.welcome(welcome)
    this.#outbox.open((command, payload, answered) =>
      this.#link.request(command, payload, answered),
    )
  }

  #renew(mirror: StateMirror): void {
    this.#state.renew(mirror)
    const pulse = this.#pulse?.(mirror.raw)
    if (pulse === undefined || pulse.at === this.#pulseAt) return
    this.#pulseAt = pulse.at
    this.#merger.pulse(pulse.head)
  }

  #hear(type: string, payload: unknown): void {
    if (type === kitMessages.resync) this.#merger.resync(payload as Resync)
    else if (type === kitMessages.sampled) this.#merger.sampled(payload as Sampled)
    else if (isEntry(payload)) this.#merger.entry(type, payload)
    else this.#log.hear(type, payload)
    this.#caughtUp?.()
  }

  #lost(): void {
    this.#cancelRead?.()
    this.#merger.readFailed()
    this.#outbox.lose()
    if (this.connection === 'closed') this.#outbox.close()
    this.#caughtUp?.()
  }

  #read(position: LogPosition, when: 'now' | 'soon'): void {
    this.#cancelRead?.()
    this.#cancelRead = undefined
    if (when === 'soon') {
      this.#cancelRead = this.#world.after(readLimits.retryMs, () => this.#read(position, 'now'))
      return
    }
    this.#link.request('log.read', position, (answer) => this.#replied(answer))
  }

  #replied(answer: Answer): void {
    if (answer.status === 'ok') {
      this.#merger.replied(answer.payload as LogReadReply)
      this.#caughtUp?.()
      return
    }
    this.#merger.readFailed()
    const { retryAfterMs = readLimits.retryMs } = answer.payload as { retryAfterMs?: number }
    this.#cancelRead = this.#world.after(retryAfterMs, () => this.#merger.retryRead())
  }
}

function isEntry(payload: unknown): payload is Entry {
  return typeof (payload as Entry | undefined)?.seq === 'number'
}
