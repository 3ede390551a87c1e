/**
 * The crew's desk: what waits for a decision and what was done, read when somebody becomes crew
 * and kept true by the room's words. Also says, to anybody, how an action of theirs went.
 */
import type {
  ActionTaken,
  CrewDesk as DeskView,
  DelayedLine,
  HeldLine,
  LiveConnection,
} from '@odeon/sdk'

export const deskLimits = { actionsMax: 50, heldMax: 100, noticeMs: 10_000 } as const

export type Said = 'notHere' | 'copied' | 'reported' | 'undone' | 'done'

/** What is said of an action for a few seconds. */
export type Notice = { key: number } & (
  | { kind: 'acted'; action: ActionTaken }
  | { kind: 'failed'; error: unknown }
  | { kind: 'said'; what: Said }
)

export interface Decided {
  outcome: 'allowed' | 'denied' | 'expired'
  name: string | null
}

export class CrewDesk {
  held: readonly HeldLine[] = []
  delayed: readonly DelayedLine[] = []
  actions: readonly ActionTaken[] = []
  reading: 'idle' | 'reading' | 'ready' | 'failed' = 'idle'
  notice: Notice | null = null
  /** Who decided about the last line that is gone from the desk. */
  decided: Decided | null = null
  private readonly room: LiveConnection
  private readonly preview: (delayed: DelayedLine) => void
  private readonly listeners = new Set<() => void>()
  private readonly stops: (() => void)[]
  private timer: ReturnType<typeof setTimeout> | undefined
  private count = 0
  private keys = 0
  private wasLive = true

  constructor(room: LiveConnection, preview: (delayed: DelayedLine) => void) {
    this.room = room
    this.preview = preview
    this.stops = [
      room.on('chat.held', (line) => {
        const others = this.held.filter(({ id }) => id !== line.id)
        this.held = [...others, line].slice(-deskLimits.heldMax)
        this.changed()
      }),
      room.on('chat.decided', ({ id, outcome, by }) => {
        this.held = this.held.filter((line) => line.id !== id)
        this.decided = { outcome, name: by?.name ?? null }
        this.changed()
      }),
      room.on('chat.delayed', (line) => {
        this.delayed = [...this.delayed, line]
        this.changed()
      }),
      room.on('chat.undelayed', ({ id }) => this.undelayed(id)),
      room.on('chat.posted', ({ id }) => this.undelayed(id)),
      room.on('crew.acted', (action) => {
        this.actions = [action, ...this.actions.filter(({ id }) => id !== action.id)].slice(
          0,
          deskLimits.actionsMax,
        )
        this.changed()
      }),
      room.onYou(() => this.cameBackOrBecameCrew()),
    ]
    if (this.isCrew) void this.read()
  }

  get isCrew(): boolean {
    return this.room.you.role !== 'viewer'
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly version = (): number => this.count

  async read(): Promise<void> {
    if (this.reading === 'reading') return
    this.reading = 'reading'
    this.changed()
    try {
      this.show(await this.room.crew.read())
      this.reading = 'ready'
    } catch {
      // The desk says so and offers to try again.
      this.reading = 'failed'
    }
    this.changed()
  }

  /** Does something and says how it went: with Undo, or why not. */
  async act(work: () => Promise<ActionTaken | null | undefined>): Promise<boolean> {
    try {
      const action = await work()
      if (action) this.tell({ kind: 'acted', action })
      return true
    } catch (error) {
      this.tell({ kind: 'failed', error })
      return false
    }
  }

  /** Says that something was done, with the way back. */
  done(action: ActionTaken): void {
    this.tell({ kind: 'acted', action })
  }

  async undo(action: ActionTaken): Promise<void> {
    const isUndone = await this.act(async () => {
      await this.room.crew.undo(action.id)
      return null
    })
    if (isUndone) this.say('undone')
  }

  say(what: Said): void {
    this.tell({ kind: 'said', what })
  }

  dismiss(): void {
    clearTimeout(this.timer)
    this.notice = null
    this.changed()
  }

  /** While the notice is pointed at or focused it stays. */
  linger(): void {
    clearTimeout(this.timer)
  }

  fade(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.dismiss(), deskLimits.noticeMs)
  }

  close(): void {
    clearTimeout(this.timer)
    for (const stop of this.stops) stop()
    this.listeners.clear()
  }

  private tell(notice: Omit<Extract<Notice, { kind: 'acted' }>, 'key'>): void
  private tell(notice: Omit<Extract<Notice, { kind: 'failed' }>, 'key'>): void
  private tell(notice: Omit<Extract<Notice, { kind: 'said' }>, 'key'>): void
  private tell(notice: object): void {
    this.notice = { ...notice, key: this.keys++ } as Notice
    this.fade()
    this.changed()
  }

  private show({ held, delayed, actions }: DeskView): void {
    this.held = held
    this.delayed = delayed
    this.actions = actions
    for (const line of delayed) this.preview(line)
  }

  private undelayed(id: string): void {
    if (!this.delayed.some(({ line }) => line.id === id)) return
    this.delayed = this.delayed.filter(({ line }) => line.id !== id)
    this.changed()
  }

  private cameBackOrBecameCrew(): void {
    const isLive = this.room.connection === 'live'
    const cameBack = isLive && !this.wasLive
    this.wasLive = isLive
    if (!this.isCrew) {
      this.held = []
      this.delayed = []
      this.actions = []
      this.reading = 'idle'
    } else if (isLive && (cameBack || this.reading === 'idle')) void this.read()
    this.changed()
  }

  private changed(): void {
    this.count += 1
    for (const listener of this.listeners) listener()
  }
}
