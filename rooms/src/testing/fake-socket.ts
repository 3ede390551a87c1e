/** A seat in a real room over a socket that exists in memory only: for millions of frames. */
import { EventEmitter } from 'node:events'
import { ClientState, connectClientToRoom, generateId, Protocol, type Room } from '@colyseus/core'
import { WebSocketClient } from '@colyseus/ws-transport'
import type WebSocket from 'ws'
import type { Entrant } from '../ports.ts'

class MemorySocket extends EventEmitter {
  readyState = 1
  _socket = { writableLength: 0, bytesWritten: 0, bytesRead: 0, write: () => true }
  send(_data: unknown, _options?: unknown, done?: () => void): void {
    done?.()
  }
  pause(): void {}
  /** Does not answer when it is closed, as a peer whose network is gone. */
  isSilent = false
  close(code = 1005): void {
    if (this.readyState !== 1 || this.isSilent) return
    this.readyState = 3
    this.emit('close', code, '')
  }
  terminate(): void {
    this.gone(1006)
  }
  gone(code: number): void {
    this.isSilent = false
    this.close(code)
  }
}

export interface FakeSeat {
  isOpen(): boolean
  say(bytes: Uint8Array): void
  leave(): void
}

interface RoomInside {
  _reserveSeat(sessionId: string, options: object, auth: Entrant): Promise<boolean>
}

export async function sitDown(
  room: Room,
  identity: Entrant,
  { isSilent = false } = {},
): Promise<FakeSeat> {
  const socket = new MemorySocket()
  socket.isSilent = isSilent
  const client = new WebSocketClient(generateId(), socket as unknown as WebSocket)
  await (room as unknown as RoomInside)._reserveSeat(client.sessionId, {}, identity)
  const context = { headers: new Headers(), ip: undefined }
  await connectClientToRoom(room, client, context, {})
  const say = (bytes: Uint8Array) => void socket.emit('message', Buffer.from(bytes), true)
  say(new Uint8Array([Protocol.JOIN_ROOM]))
  if (client.state !== ClientState.JOINED) throw new Error('the join was not confirmed')
  return { isOpen: () => socket.readyState === 1, say, leave: () => socket.gone(4000) }
}
