/**
 * One socket of a member, seen by the kit only. Everything written to it goes through here, so
 * that no queue grows past its bound and order is kept.
 */
import type { Socket } from 'node:net'
import { type Client, ClientState, getMessageBytes, Protocol } from '@colyseus/core'
import { type Extended, readsDeflated } from './deflate/negotiation.ts'
import { bytesBelow, queuedBytesOf, writeTo } from './direct-write.ts'
import type { Member } from './member.ts'
import type { Heard } from './peer-watch.ts'
import { closeCodes, type CloseReason, kitLimits } from './protocol.ts'
import { messageFrame, pingFrame, websocketFrame } from './wire.ts'

/** The parts of `ws` the kit uses. `_socket` is the TCP or TLS stream below the WebSocket. */
interface WebSocketLike extends Extended {
  readonly readyState: number
  readonly _socket: Socket | null
  on(event: string, listener: (...args: unknown[]) => void): void
  removeAllListeners(event: string): void
  pause(): void
  close(code: number, reason: string): void
  terminate(): void
}

const OPEN = 1
const lastWordsMs = 1_000

export type ReplyStatus = 'ok' | 'refused' | 'fault'
const statusByte = { ok: 0, refused: 1, fault: 2 } as const

export class Connection {
  readonly client: Client
  readonly member: Member
  readonly backlogWanted: number
  readonly openedAt: number
  /** Agreed on when it was opened: reads frames that are deflated once for all. */
  readonly takesDeflated: boolean
  /** Class whose parts of the state it was sent; only the fan-out changes it. */
  audience: string | undefined
  /** Set when the room closed it: such a peer may not resume. */
  closedFor: CloseReason | undefined
  /** Its member was let go, whenever it closes. */
  hasLeft = false
  /** Where it stands while bytes wait for it. */
  backedUp: Set<Connection> | undefined
  /** Receives frames. False before the greeting and after the end. */
  live = false
  /** Stands in the fan-out's list; only the fan-out changes it. */
  listed = false
  /** Number of the frame whose content its greeting held; only later ones are for it. */
  greetedAt = 0
  /** Frames were skipped; waits for its queue to drain, then is resynced. */
  lagging = false
  /** Reads too slowly for everything: gets thin frames until its queue has drained. */
  #isThin = false
  /** When the queue stopped moving, and where it stood then. */
  stalledAt = 0
  #flushedBytes = 0
  #second = 0
  #inSecond = 0
  readonly #ws: WebSocketLike
  readonly heard: Heard

  constructor(client: Client, member: Member, options: { backlog: number; now: number }) {
    this.client = client
    this.member = member
    this.backlogWanted = options.backlog
    this.openedAt = options.now
    this.#ws = client.ref as unknown as WebSocketLike
    this.heard = { at: options.now, bytes: this.heardBytes }
    this.takesDeflated = readsDeflated(this.#ws)
    // What Colyseus says to it, its confirmation of the join first, is bounded and written like
    // everything else.
    client.raw = (bytes, _options, done) => {
      this.write(websocketFrame(bytes))
      done?.()
    }
  }

  get isOpen(): boolean {
    return this.#ws.readyState === OPEN && this.closedFor === undefined
  }

  /** False while the peer has not confirmed the join. */
  get hasJoined(): boolean {
    return this.client.state === ClientState.JOINED
  }

  /** True while it is to be spared what may be spared. */
  get isThin(): boolean {
    const { thinFromBytes, thinUntilBytes } = kitLimits
    this.#isThin = this.queuedBytes > (this.#isThin ? thinUntilBytes : thinFromBytes)
    return this.#isThin
  }

  get queuedBytes(): number {
    const socket = this.#ws._socket
    return socket === null ? 0 : queuedBytesOf(socket)
  }

  get heardBytes(): number {
    return this.#ws._socket?.bytesRead ?? 0
  }

  /** Counts what arrives, pings included. False when the peer exceeds the ceiling. */
  admits(now: number): boolean {
    const second = Math.floor(now / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#inSecond = 0
    }
    this.#inSecond += 1
    return this.#inSecond <= kitLimits.inboundPerSecondMax
  }

  onControlFrame(listener: () => void): void {
    this.#ws.on('ping', listener)
    this.#ws.on('pong', listener)
  }

  /** Writes ready frames. False, and nothing written, when the queue would pass its bound. */
  write(frames: Buffer): boolean {
    const socket = this.#ws._socket
    if (socket === null || this.#ws.readyState !== OPEN || this.closedFor !== undefined)
      return false
    const waiting = queuedBytesOf(socket)
    if (waiting + frames.byteLength > kitLimits.queuedBytesMax) return false
    if (!writeTo(socket, frames, waiting)) this.backedUp?.add(this)
    return true
  }

  reply(correlation: number, status: ReplyStatus, payload: unknown): boolean {
    const bytes = getMessageBytes[Protocol.ROOM_RESPONSE](correlation, statusByte[status], payload)
    return this.write(websocketFrame(bytes))
  }

  tell(type: string, payload: unknown): boolean {
    return this.write(messageFrame(type, payload))
  }

  /** A peer that lives answers it, and what comes is counted. */
  ping(): void {
    this.write(pingFrame)
  }

  /** True when bytes wait and none has left for the grace time. Called about once a second. */
  isStalled(now: number): boolean {
    const socket = this.#ws._socket
    if (socket === null) return false
    // What the kernel has taken of a write under way shows below the stream only.
    const flushed = socket.bytesWritten - socket.writableLength - bytesBelow(socket)
    if (queuedBytesOf(socket) === 0 || flushed !== this.#flushedBytes) {
      this.#flushedBytes = flushed
      this.stalledAt = 0
      return false
    }
    if (this.stalledAt === 0) this.stalledAt = now
    return now - this.stalledAt >= kitLimits.slowGraceMs
  }

  /** Ends a socket whose peer is gone without a word; whoever comes back may resume. */
  cut(): void {
    this.#ws.terminate()
  }

  /** Closes with a documented code; a peer that does not read it is cut a second later. */
  close(reason: CloseReason): void {
    if (this.closedFor !== undefined) return
    this.closedFor = reason
    this.live = false
    this.#ws.removeAllListeners('message')
    // An honest peer answers the close; one that floods is not even read any more.
    if (reason === 'flooding') this.#ws.pause()
    this.#ws.close(closeCodes[reason], reason)
    setTimeout(() => this.#ws.terminate(), lastWordsMs).unref()
  }
}
