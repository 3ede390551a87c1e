/** One WebSocket of a room: joins, decodes, answers requests, notices silence. Never reconnects. */
import { kitLimits, kitMessages, kitRefusals, type Welcome } from '@odeon/rooms/protocol'
import type { World } from '../world.ts'
import type { Seat } from './seat-url.ts'
import { StateMirror } from './state-mirror.ts'
import {
  type Answer,
  type Incoming,
  joinConfirmation,
  leaveNotice,
  ping,
  readIncoming,
  requestBytes,
} from './wire.ts'

const socketLimits = {
  /** How often silence is looked for; a quiet room is asked for a sign of life. */
  checkEveryMs: 2_000,
  silenceMs: 6_000,
  pongWithinMs: 4_000,
} as const

/** Close codes this client gives: lost without a close frame, and "start over with a new seat". */
const LOST = 1006
const SPOILED = 4003
const CONNECTING = 0
const OPEN = 1
/** Where the rooms' own close codes begin. */
const violations = 4400

/** What a socket without a seat is told first: its seat, or why it has none. */
export type Told = { seat: Seat } | { error: unknown; status: number }

export interface SocketHandlers {
  told(told: Told): void
  /** The seat is taken; the token resumes this session later. */
  joined(reconnectionToken: string, mirror: StateMirror): void
  /** The state is complete and live messages follow. */
  welcome(welcome: Welcome): void
  state(): void
  message(type: string, payload: unknown): void
  /** The last call: the socket is gone; `said` is the word of refusal that came before. */
  closed(code: number, said?: string): void
}

export class RoomSocket {
  readonly #socket: WebSocket
  readonly #world: World
  readonly #handlers: SocketHandlers
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #mirror: StateMirror | undefined
  #correlation = 0
  #heardAt: number
  #pingedAt = 0
  #isOver = false
  #refusal: { code: number; said: string } | undefined
  #cancelCheck: () => void

  /** `mirror` is the state of the session to be resumed; without one a new one is made. */
  constructor(socket: WebSocket, world: World, handlers: SocketHandlers, mirror?: StateMirror) {
    this.#socket = socket
    this.#world = world
    this.#handlers = handlers
    this.#mirror = mirror
    this.#heardAt = world.now()
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('message', (event) => this.#hear(event.data))
    socket.addEventListener('close', (event) => this.#end(event.code))
    // The close event follows and says what can be known.
    socket.addEventListener('error', () => undefined)
    this.#cancelCheck = world.after(socketLimits.checkEveryMs, () => this.#check())
  }

  /** Sends a command; the answer comes later, or never when the socket closes first. */
  request(name: string, payload: unknown, answered: (answer: Answer) => void): void {
    const bytes = requestBytes(this.#correlation, name, payload)
    if (bytes.byteLength > kitLimits.inboundBytesMax) {
      const body = { code: 'invalid', message: kitRefusals.invalid }
      queueMicrotask(() => answered({ status: 'refused', payload: body }))
      return
    }
    this.#waiting.set(this.#correlation, answered)
    this.#correlation += 1
    this.#send(bytes)
  }

  /** Tells the room that we go; it closes the socket. */
  leave(): void {
    this.#send(leaveNotice)
  }

  /** Asks for a sign of life now: the device was asleep or the page hidden. */
  probe(): void {
    if (this.#pingedAt === 0) this.#ping()
  }

  /** Gives the socket up at once; `closed` is called before this returns. */
  drop(code = LOST): void {
    this.#end(code)
    // Browsers complain to the page's console of one that is closed before it has opened.
    if (this.#socket.readyState === CONNECTING) this.#closeOnceOpen()
    else this.#socket.close()
  }

  #closeOnceOpen(): void {
    const close = () => {
      tooLong()
      this.#socket.close()
    }
    const tooLong = this.#world.after(socketLimits.pongWithinMs, close)
    this.#socket.addEventListener('open', close)
    this.#socket.addEventListener('close', tooLong)
  }

  #hear(data: unknown): void {
    if (this.#isOver) return
    this.#heardAt = this.#world.now()
    this.#pingedAt = 0
    let incoming: Incoming
    try {
      if (!(data instanceof ArrayBuffer)) {
        this.#handlers.told(JSON.parse(String(data)) as Told)
        return
      }
      incoming = readIncoming(new Uint8Array(data))
      if (incoming.kind === 'joined') this.#join(incoming)
      if (incoming.kind === 'state') this.#mirror?.apply(incoming.bytes, incoming.isFull)
    } catch {
      // Bytes that cannot be read leave the state unknown: only a new seat makes it whole.
      this.drop(SPOILED)
      return
    }
    this.#pass(incoming)
  }

  #join({ reconnectionToken, handshake }: Extract<Incoming, { kind: 'joined' }>): void {
    if (handshake !== undefined) this.#mirror = new StateMirror(handshake)
    if (this.#mirror === undefined) throw new Error('The room did not describe its state.')
    this.#handlers.joined(reconnectionToken, this.#mirror)
    this.#send(joinConfirmation)
  }

  #pass(incoming: Incoming): void {
    switch (incoming.kind) {
      case 'state':
        this.#handlers.state()
        break
      case 'message':
        if (incoming.type === kitMessages.welcome) {
          this.#handlers.welcome(incoming.payload as Welcome)
        } else this.#handlers.message(incoming.type, incoming.payload)
        break
      case 'answer': {
        const answered = this.#waiting.get(incoming.correlation)
        this.#waiting.delete(incoming.correlation)
        answered?.(incoming.answer)
        break
      }
      case 'leave':
        this.leave()
        break
      case 'error':
        // Colyseus closes all that it refuses alike; the room's own code came before.
        if (incoming.code >= violations) {
          this.#refusal = { code: incoming.code, said: incoming.message }
        }
        break
      case 'joined':
      case 'pong':
      case 'unknown':
        break
    }
  }

  #check(): void {
    const now = this.#world.now()
    if (this.#pingedAt > 0 && now - this.#pingedAt >= socketLimits.pongWithinMs) {
      this.drop()
      return
    }
    if (this.#pingedAt === 0 && now - this.#heardAt >= socketLimits.silenceMs) this.#ping()
    this.#scheduleCheck()
  }

  #scheduleCheck(): void {
    this.#cancelCheck()
    this.#cancelCheck = this.#world.after(socketLimits.checkEveryMs, () => this.#check())
  }

  #ping(): void {
    if (this.#socket.readyState !== OPEN) return
    this.#pingedAt = this.#world.now()
    this.#send(ping)
    this.#scheduleCheck()
  }

  #send(bytes: Uint8Array): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(bytes as Uint8Array<ArrayBuffer>)
  }

  #end(code: number): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#cancelCheck()
    this.#waiting.clear()
    this.#handlers.closed(this.#refusal?.code ?? code, this.#refusal?.said)
  }
}
