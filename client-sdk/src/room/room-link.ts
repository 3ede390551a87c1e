/**
 * Keeps a room within reach: joins once, and after a loss comes back, first to the same session,
 * then with a new seat, with growing and scattered pauses and without ever giving up by itself.
 */
import { kitLimits, type Welcome } from '@odeon/rooms/protocol'
import { Refusal, Unavailable } from '../refusal.ts'
import type { World } from '../world.ts'
import { backoffMs, firstPause } from './backoff.ts'
import { afterClose, afterSeatFailed, type ClosedBecause, isAstray, type Next } from './closing.ts'
import { RoomSocket, type SocketHandlers, type Told } from './room-socket.ts'
import type { Seat } from './seat-url.ts'
import type { StateMirror } from './state-mirror.ts'
import { afterWalk, type Door, enterRoom, nextOf, type Opened, TOO_LATE } from './way-in.ts'
import type { Answer } from './wire.ts'
import type { Wakeups } from './wakeups.ts'

const linkLimits = {
  /** Time for a new seat's socket to say welcome. */
  openWithinMs: 10_000,
  /** Shorter, because a new seat is the way out when the server still holds the old socket. */
  resumeWithinMs: 5_000,
  /** A connection that held this long starts the pauses over. */
  settledMs: 2_000,
  leaveWithinMs: 2_000,
} as const

export type ConnectionStatus = 'live' | 'resuming' | 'closed'

export interface LinkHandlers {
  welcome(welcome: Welcome): void
  state(mirror: StateMirror): void
  message(type: string, payload: unknown): void
  /** The connection is gone; nothing more comes until the next welcome. */
  lost(): void
  statusChanged(): void
}

interface Session {
  seat: Seat
  token: string
  mirror: StateMirror
  /** Until when the server keeps it after a loss, Unix ms. */
  resumableUntil: number
}

interface Opening {
  raw: WebSocket
  /** Without one it is told which. */
  seat?: Seat
  withinMs?: number
  mirror?: StateMirror
}

export class RoomLink {
  readonly #door: Door
  readonly #world: World
  readonly #handlers: LinkHandlers
  readonly #stopWakeups: () => void
  #status: ConnectionStatus = 'resuming'
  #closedBecause: ClosedBecause | undefined
  #session: Session | undefined
  #socket: RoomSocket | undefined
  /** The socket of the try under way. */
  #opening: RoomSocket | undefined
  #attempt = 0
  /** When the tries of this outage began, Unix ms. */
  #awaySince = 0
  #liveSince = 0
  #isTrying = false
  #nextAttemptAt: number | undefined
  #cancelAttempt: (() => void) | undefined
  #onClosed: (() => void) | undefined

  constructor(door: Door, world: World, wakeups: Wakeups, handlers: LinkHandlers) {
    this.#door = door
    this.#world = world
    this.#handlers = handlers
    this.#stopWakeups = wakeups.listen({
      offline: () => this.#socket?.drop(),
      online: () => this.tryNow(),
      visible: () => this.tryNow(),
    })
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  get closedBecause(): ClosedBecause | undefined {
    return this.#closedBecause
  }

  /** Unix ms of the next try while resuming; undefined while one is under way. */
  get nextAttemptAt(): number | undefined {
    return this.#nextAttemptAt
  }

  /** The first join: one try, and two seats at most, whose failure is the caller's to hear. */
  async join(backlog: number): Promise<void> {
    this.#isTrying = true
    try {
      let next = await this.#enter(backlog)
      // Where it led may have ended since, for a crowd at once; the next seat is elsewhere.
      if (isAstray(next)) await firstPause(this.#world)
      if (isAstray(next) && this.#status !== 'closed') next = await this.#enter(backlog)
      if (next === undefined) return
      if (next.kind !== 'closed') throw new Unavailable('network')
      throw new Refusal({ code: next.because, message: 'The room closed the door.' })
    } catch (error) {
      this.close('left')
      throw error
    } finally {
      this.#isTrying = false
    }
  }

  /** Now is a good time: asks for a sign of life, or comes back before the next try. */
  tryNow(): void {
    if (this.#status === 'live') this.#socket?.probe()
    else if (this.#status === 'resuming' && this.#nextAttemptAt !== undefined) void this.#try()
  }

  /** Sends a request on the current socket. Unanswered ones die with it. */
  request(name: string, payload: unknown, answered: (answer: Answer) => void): void {
    this.#socket?.request(name, payload, answered)
  }

  /** Says goodbye and waits a moment for the room to agree. */
  async leave(): Promise<void> {
    if (this.#status === 'live' && this.#socket !== undefined) {
      this.#socket.leave()
      await this.#closedWithin(linkLimits.leaveWithinMs)
    }
    this.close('left')
  }

  /** Ends it for good. */
  close(because: ClosedBecause): void {
    if (this.#status === 'closed') return
    this.#closedBecause = because
    this.#cancelAttempt?.()
    this.#nextAttemptAt = undefined
    this.#stopWakeups()
    this.#session = undefined
    this.#setStatus('closed')
    this.#opening?.drop()
    this.#socket?.drop()
    this.#socket = undefined
    this.#handlers.lost()
  }

  #closedWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#world.after(ms, resolve)
      this.#onClosed = () => {
        cancel()
        resolve()
      }
    })
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status
    if (status === 'closed') this.#onClosed?.()
    this.#handlers.statusChanged()
  }

  #follow(next: Next): void {
    if (this.#status === 'closed') return
    if (next.kind === 'closed') {
      this.close(next.because)
      return
    }
    if (next.kind === 'rejoin') this.#session = undefined
    const now = this.#world.now()
    if (this.#attempt === 0) this.#awaySince = now
    const awayMs = now - this.#awaySince
    const pauseMs = backoffMs({ attempt: this.#attempt, awayMs }, () => this.#world.random())
    const delayMs = Math.max(pauseMs, next.kind === 'retry' ? next.afterMs : 0)
    this.#attempt += 1
    this.#nextAttemptAt = now + delayMs
    this.#cancelAttempt?.()
    this.#cancelAttempt = this.#world.after(delayMs, () => void this.#try())
    this.#setStatus('resuming')
  }

  async #try(): Promise<void> {
    if (this.#isTrying || this.#status !== 'resuming') return
    this.#isTrying = true
    this.#cancelAttempt?.()
    this.#nextAttemptAt = undefined
    this.#handlers.statusChanged()
    const next = await this.#comeBack().finally(() => {
      this.#isTrying = false
    })
    if (next !== undefined) this.#follow(next)
  }

  /** One whole try. Undefined means that we are live again. */
  async #comeBack(): Promise<Next | undefined> {
    const session = this.#session
    if (session !== undefined && this.#world.now() < session.resumableUntil) {
      const next = await this.#openSession(session)
      if (next === undefined || next.kind === 'closed') return next
      // Its process may be gone, or still hold the old socket: a new seat passes both by.
      if (next.kind === 'rejoin') this.#session = undefined
    }
    try {
      return await this.#enter(0)
    } catch (error) {
      if (error instanceof Refusal || error instanceof Unavailable) return afterSeatFailed(error)
      throw error
    }
  }

  async #openSession({ seat, token, mirror }: Session): Promise<Next | undefined> {
    const raw = this.#door.connect(seat, token)
    return nextOf(await this.#open({ raw, seat, mirror, withinMs: linkLimits.resumeWithinMs }))
  }

  async #enter(backlog: number): Promise<Next | undefined> {
    return await enterRoom({
      door: this.#door,
      backlog,
      open: (opening) => this.#open(opening),
      isOver: () => this.#status === 'closed',
    })
  }

  /** Resolves at the welcome with undefined, or with what the failure means. */
  #open({ raw, seat, mirror, withinMs = linkLimits.openWithinMs }: Opening): Promise<Opened> {
    return new Promise((resolve) => {
      let isLive = false
      let told: Told | undefined
      let at = seat
      const handlers: SocketHandlers = {
        told: (word) => {
          if ('seat' in word) at = word.seat
          told = word
        },
        joined: (token, joined) => {
          if (at === undefined) throw new Error('The room did not say which seat this is.')
          const resumableUntil = this.#world.now() + kitLimits.resumeWindowMs
          this.#session = { seat: at, token, mirror: joined, resumableUntil }
        },
        state: () => {
          if (this.#session !== undefined) this.#handlers.state(this.#session.mirror)
        },
        message: (type, payload) => this.#handlers.message(type, payload),
        welcome: (welcome) => {
          isLive = true
          cancelDeadline()
          this.#goLive(socket, welcome)
          resolve(undefined)
        },
        closed: (code, said) => {
          cancelDeadline()
          if (this.#opening === socket) this.#opening = undefined
          if (isLive) this.#lose(socket, code, said)
          else if (seat === undefined) resolve(afterWalk(code, told, said))
          else resolve(code === TOO_LATE ? { kind: 'retry', afterMs: 0 } : afterClose(code, said))
        },
      }
      const socket = new RoomSocket(raw, this.#world, handlers, mirror)
      const cancelDeadline = this.#world.after(withinMs, () => socket.drop(TOO_LATE))
      this.#opening = socket
      if (this.#status === 'closed') socket.drop()
    })
  }

  #goLive(socket: RoomSocket, welcome: Welcome): void {
    if (this.#status === 'closed') {
      socket.drop()
      return
    }
    this.#opening = undefined
    this.#socket = socket
    this.#liveSince = this.#world.now()
    // Live before anything else, so that whoever is told of it may already send.
    this.#status = 'live'
    this.#handlers.welcome(welcome)
    this.#handlers.statusChanged()
  }

  #lose(socket: RoomSocket, code: number, said?: string): void {
    if (this.#socket !== socket || this.#status === 'closed') return
    this.#socket = undefined
    const now = this.#world.now()
    if (now - this.#liveSince >= linkLimits.settledMs) this.#attempt = 0
    if (this.#session !== undefined) {
      this.#session.resumableUntil = now + kitLimits.resumeWindowMs
    }
    this.#handlers.lost()
    this.#follow(afterClose(code, said))
  }
}
