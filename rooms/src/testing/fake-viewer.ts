/**
 * A viewer without a network: a socket whose queue the test drains by hand, and a client that
 * decodes what came through, byte for byte as the stock client would.
 */
import { type Client, ClientState, Protocol } from '@colyseus/core'
import { decode, Decoder, type Schema } from '@colyseus/schema'
import { unpack } from 'msgpackr'
import { Connection } from '../kit/connection.ts'
import type { Member } from '../kit/member.ts'
import type { Entry } from '../kit/protocol.ts'

class HandSocket {
  readonly queue: Buffer[] = []
  readonly taken: Buffer[] = []
  bytesWritten = 0
  bytesRead = 0
  /** Bytes that stand in the queue; the bound under test. */
  writableLength = 0
  queuedPeak = 0
  /** A reading peer takes what is written at once. */
  isReading = true

  write(bytes: Buffer): boolean {
    this.bytesWritten += bytes.byteLength
    this.queue.push(bytes)
    this.writableLength += bytes.byteLength
    this.queuedPeak = Math.max(this.queuedPeak, this.writableLength)
    if (this.isReading) this.drain()
    return true
  }

  drain(): void {
    this.taken.push(...this.queue.splice(0))
    this.writableLength = 0
  }
}

export class FakeViewer<State extends Schema> {
  readonly socket = new HandSocket()
  readonly connection: Connection
  readonly state: State
  readonly told: { type: string; payload: Entry & Record<string, unknown> }[] = []
  statesSeen = 0
  readonly #decoder: Decoder<State>
  #rest: Buffer = Buffer.alloc(0)

  constructor(member: Member, blank: State, backlog = 100) {
    const ws = {
      readyState: 1,
      _socket: this.socket,
      on() {},
      removeAllListeners() {},
      pause() {},
      close() {},
      terminate() {},
    }
    const client = { ref: ws, state: ClientState.JOINED } as unknown as Client
    this.connection = new Connection(client, member, { backlog, now: 0 })
    this.state = blank
    this.#decoder = new Decoder(blank)
  }

  /** Entries with this name, in the order they came. */
  entries(): (Entry & Record<string, unknown>)[] {
    return this.told.filter(({ type }) => !type.startsWith('room.')).map(({ payload }) => payload)
  }

  /** Decodes what the socket has taken so far. */
  read(): void {
    let bytes: Buffer = Buffer.concat([this.#rest, ...this.socket.taken.splice(0)])
    while (bytes.byteLength >= 2) {
      const short = (bytes[1] as number) & 0x7f
      const header = short < 126 ? 2 : short === 126 ? 4 : 10
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : bytes.readUInt32BE(6)
      if (bytes.byteLength < header + length) break
      this.#message(bytes.subarray(header, header + length))
      bytes = bytes.subarray(header + length)
    }
    this.#rest = bytes
  }

  #message(message: Buffer): void {
    const at = { offset: 1 }
    if (message[0] === Protocol.ROOM_STATE) {
      this.statesSeen += 1
      // What the stock client does: the first state builds, later ones reconcile.
      if (this.#decoder.root.refs.size > 1) this.#decoder.decodeResync(message, at)
      else this.#decoder.decode(message, at)
    } else if (message[0] === Protocol.ROOM_STATE_PATCH) {
      this.#decoder.decode(message, at)
    } else if (message[0] === Protocol.ROOM_DATA) {
      const type = decode.string(message, at)
      this.told.push({ type, payload: unpack(message.subarray(at.offset)) })
    }
  }
}
