/** Somebody who comes, speaks and leaves by the way everybody does, over a socket in memory. */
import { EventEmitter } from 'node:events'
import { connectClientToRoom, getMessageBytes, Protocol, type Room } from '@colyseus/core'
import { WebSocketClient } from '@colyseus/ws-transport'
import type { Identity } from '@odeon/rooms'

class MemorySocket extends EventEmitter {
  readyState = 1
  readonly _socket = { writableLength: 0, bytesWritten: 0, bytesRead: 0, write: () => true }
  send(_data: unknown, _options?: unknown, sent?: () => void): void {
    sent?.()
  }
  pause(): void {}
  close(code = 1005): void {
    if (this.readyState !== 1) return
    this.readyState = 3
    this.emit('close', code, '')
  }
  terminate(): void {
    this.close(1006)
  }
}

interface RoomInside {
  _reserveSeat(sessionId: string, options: object, auth: Identity): Promise<boolean>
}

/** How a client closes that leaves for good. */
const consented = 4_000

export async function visit(
  room: Room,
  identity: Identity,
  said: readonly (readonly [command: string, message: object])[],
): Promise<void> {
  const socket = new MemorySocket()
  const client = new WebSocketClient(identity.userId, socket as never)
  await (room as unknown as RoomInside)._reserveSeat(client.sessionId, {}, identity)
  await connectClientToRoom(room, client, { headers: new Headers(), ip: undefined }, {})
  socket.emit('message', Buffer.from([Protocol.JOIN_ROOM]), true)
  for (const [command, message] of said) {
    const bytes = getMessageBytes.raw(Protocol.ROOM_DATA, command, message)
    socket.emit('message', Buffer.from(bytes), true)
  }
  // What was said is done before its speaker is gone.
  await new Promise((resolve) => setImmediate(resolve))
  socket.close(consented)
}
