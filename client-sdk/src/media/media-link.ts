/** Keeps a line to the media server: a fresh ticket for each, again and again while it is away. */
import type { MediaTicket } from '@odeon/rooms/protocol'
import { Refusal, Unavailable } from '../refusal.ts'
import { backoffMs } from '../room/backoff.ts'
import type { World } from '../world.ts'
import type { LineHandlers, LostBecause, MediaLine } from './media-line.ts'
import type { MediaStatus } from './media-shapes.ts'
import { MediaTab } from './media-tab.ts'

export const mediaLinkLimits = {
  /** Put out more often than this within `removedWithinMs`, it stays out. */
  removalsMax: 2,
  removedWithinMs: 60_000,
} as const

export interface MediaLinkOptions<Line extends MediaLine> {
  world: World
  ticket: (tab: string) => Promise<MediaTicket>
  open: (ticket: MediaTicket, handlers: LineHandlers) => Promise<Line>
  /** The room says that media are carried. */
  isCarried: () => boolean
  /** There is another line, or none. */
  lineChanged: (line: Line | undefined) => void
  statusChanged: () => void
  changed: () => void
  levels: () => void
}

export class MediaLink<Line extends MediaLine> {
  readonly #options: MediaLinkOptions<Line>
  readonly #tab: MediaTab
  status: MediaStatus = 'off'
  line: Line | undefined
  /** Why it went off by itself. */
  failure: Refusal | Unavailable | undefined
  /** Grows when it is joined or left: what began before is stale. */
  #life = 0
  #tryingLife = -1
  #attempt = 0
  #awaySince = 0
  #removals: number[] = []
  #cancelTimer: (() => void) | undefined

  constructor(options: MediaLinkOptions<Line>) {
    this.#options = options
    this.#tab = new MediaTab(options.world)
  }

  join(): void {
    if (this.status !== 'off') return
    this.#life += 1
    this.#attempt = 0
    this.#awaySince = this.#options.world.now()
    this.failure = undefined
    this.#become('connecting')
    void this.#try()
  }

  async leave(): Promise<void> {
    const line = this.#stop()
    if (this.status !== 'off') this.#become('off')
    await line?.close()
  }

  /** The room says that media came or went. */
  carriedChanged(): void {
    if (this.status !== 'unavailable' || !this.#options.isCarried()) return
    this.#attempt = 0
    this.#again()
  }

  #become(status: MediaStatus): void {
    this.status = status
    this.#options.statusChanged()
  }

  /** Ends this life; the line it had is the caller's to close. */
  #stop(): Line | undefined {
    this.#life += 1
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    const { line } = this
    this.line = undefined
    if (line) this.#options.lineChanged(undefined)
    return line
  }

  async #try(): Promise<void> {
    const life = this.#life
    if (this.#tryingLife === life) return
    this.#tryingLife = life
    try {
      const line = await this.#connect(life)
      if (life !== this.#life) {
        await line.close()
        return
      }
      this.line = line
      this.#attempt = 0
      this.#options.lineChanged(line)
      this.#become('on')
    } catch (error) {
      if (life === this.#life) this.#failed(error)
    } finally {
      if (this.#tryingLife === life) this.#tryingLife = -1
    }
  }

  async #connect(life: number): Promise<Line> {
    const { isCarried, ticket, open, changed, levels } = this.#options
    if (!isCarried()) throw new Refusal({ code: 'media_unavailable', message: '' })
    const ifStill = (call: () => void) => () => {
      if (life === this.#life) call()
    }
    return await open(await ticket(this.#tab.name), {
      changed: ifStill(changed),
      levels: ifStill(levels),
      mending: (isMending) => {
        if (life === this.#life && this.line) this.#become(isMending ? 'reconnecting' : 'on')
      },
      lost: (because) => {
        if (life === this.#life) this.#lost(because)
      },
    })
  }

  #lost(because: LostBecause): void {
    if (this.line === undefined) return
    this.line = undefined
    this.#options.lineChanged(undefined)
    if (because === 'replaced') this.#tab.renew()
    if (because === 'removed' && this.#isUnwanted()) {
      this.#stop()
      this.failure = new Refusal({ code: 'not_allowed', message: 'You were put out.' })
      this.#become('off')
      return
    }
    this.#awaySince = this.#options.world.now()
    this.#become('reconnecting')
    this.#again()
  }

  /** Put out again and again: the room means it. */
  #isUnwanted(): boolean {
    const now = this.#options.world.now()
    const { removedWithinMs, removalsMax } = mediaLinkLimits
    this.#removals = [...this.#removals.filter((at) => now - at < removedWithinMs), now]
    return this.#removals.length >= removalsMax
  }

  #failed(error: unknown): void {
    if (isFinal(error)) {
      this.#stop()
      this.failure = error
      this.#become('off')
      return
    }
    if (this.status !== 'unavailable') this.#become('unavailable')
    // While the room itself says that they are away, it also says when they are back.
    if (this.#options.isCarried()) this.#again(retryAfterOf(error))
  }

  #again(atLeastMs = 0): void {
    const { world } = this.#options
    const awayMs = world.now() - this.#awaySince
    const waitMs = backoffMs({ attempt: this.#attempt, awayMs }, () => world.random())
    this.#attempt += 1
    this.#cancelTimer?.()
    this.#cancelTimer = world.after(Math.max(waitMs, atLeastMs), () => void this.#try())
  }
}

const finalCodes: ReadonlySet<string> = new Set(['not_allowed', 'blocked', 'media_unsupported'])

/** Refused for good, or the room is closed: trying again would be answered the same. */
function isFinal(error: unknown): error is Refusal | Unavailable {
  if (error instanceof Unavailable) return error.reason === 'closed'
  if (!(error instanceof Refusal)) return false
  return finalCodes.has(error.code)
}

function retryAfterOf(error: unknown): number {
  return error instanceof Refusal || error instanceof Unavailable ? (error.retryAfterMs ?? 0) : 0
}
