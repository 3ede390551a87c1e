import { expect, test } from 'vitest'
import { handWorld } from '../testing/hand-world.ts'
import { RoomSocket, type SocketHandlers } from './room-socket.ts'

class Socket extends EventTarget {
  readyState = 0
  closes = 0
  close(): void {
    this.closes += 1
  }
}

function opening() {
  const socket = new Socket()
  const world = handWorld()
  const codes: number[] = []
  const nothing = () => undefined
  const handlers: SocketHandlers = {
    told: nothing,
    joined: nothing,
    welcome: nothing,
    state: nothing,
    message: nothing,
    closed: (code) => void codes.push(code),
  }
  const room = new RoomSocket(socket as unknown as WebSocket, world, handlers)
  return { socket, world, codes, room }
}

test('[SDK-40] a socket given up before it has opened ends at once and is closed once it has', () => {
  const { socket, room, codes } = opening()
  room.drop()
  expect([codes, socket.closes]).toEqual([[1006], 0])
  socket.readyState = 1
  socket.dispatchEvent(new Event('open'))
  expect([codes, socket.closes]).toEqual([[1006], 1])
})

test('[SDK-40] one that never opens is closed all the same', () => {
  const { socket, world, room } = opening()
  room.drop()
  world.advance(4_000)
  expect(socket.closes).toBe(1)
})

test('[SDK-40] one that is open is closed at once', () => {
  const { socket, room } = opening()
  socket.readyState = 1
  room.drop()
  expect(socket.closes).toBe(1)
})
