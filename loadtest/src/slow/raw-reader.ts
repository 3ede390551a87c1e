/** A member on a bare WebSocket that can stop reading, and judges every patch by its bytes. */
import { Protocol } from '@colyseus/core'
import { WebSocket } from 'ws'
import { tickOfBoard } from '../hosts/text.ts'

interface Seat {
  processId: string
  roomId: string
  sessionId: string
}

export class RawReader {
  patches = 0
  /** Patches whose board was damaged or had been brought already: bytes of another patch. */
  wrong = 0
  /** Newest tick it was told of, by a patch or a whole state. */
  tick = 0
  states = 0
  readonly #socket: WebSocket

  static async join(port: number, seatPath: string): Promise<RawReader> {
    const reply = await fetch(`http://127.0.0.1:${port}${seatPath}`, {
      method: 'POST',
      headers: { authorization: 'Bearer raw-reader', 'content-type': 'application/json' },
      body: '{}',
    })
    const seat = (await reply.json()) as Seat
    const path = `${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`
    return new RawReader(new WebSocket(`ws://127.0.0.1:${port}/${path}`))
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => this.#take(data))
  }

  stopReading(): void {
    this.#socket.pause()
  }

  goOn(): void {
    this.#socket.resume()
  }

  leave(): void {
    this.#socket.terminate()
  }

  #take(data: Buffer): void {
    if (data[0] === Protocol.JOIN_ROOM) {
      this.#socket.send(Buffer.from([Protocol.JOIN_ROOM]))
    } else if (data[0] === Protocol.ROOM_STATE) {
      this.states += 1
      this.tick = tickOfBoard(data) ?? this.tick
    } else if (data[0] === Protocol.ROOM_STATE_PATCH) {
      this.#judge(tickOfBoard(data))
    }
  }

  #judge(tick: number | undefined): void {
    this.patches += 1
    if (tick === undefined || !(tick > this.tick)) this.wrong += 1
    else this.tick = tick
  }
}
