/** People who come by one process of a house and take seats with Colyseus' own client. */
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import { onTestFinished } from 'vitest'
import type { Seat } from '../../rooms/protocol.ts'
import type { Front } from './several-processes.ts'

export interface Guest {
  accessToken: string
  user: { id: string; name: string }
}

export const register = (at: Front, username: string): Promise<Guest> =>
  at.get('/v1/auth/register', {
    json: { username, email: `${username}@odeon.test`, password: 'correct horse battery' },
  })

export const openStream = async (at: Front, { accessToken: token }: Guest) =>
  (await at.get<{ id: string }>('/v1/streams', { json: { title: 'A stream' }, token })).id

export interface Sitting {
  seat: Seat
  room: Room
  /** Texts of what was said, and names of everything else. */
  heard: string[]
  /** With the code it was closed with. */
  closed: Promise<number>
}

export async function sit(at: Front, streamId: string, { accessToken }: Guest) {
  const path = `/v1/streams/${streamId}/seat`
  const seat = await at.get<Seat>(path, { json: {}, token: accessToken })
  return await takeSeat(at, seat)
}

export async function takeSeat(at: Front, seat: Seat): Promise<Sitting> {
  const room = await new ColyseusSDK(at.url).consumeSeatReservation(seat)
  room.reconnection.enabled = false
  const heard: string[] = []
  room.onMessage('*', (type, body: { text?: string }) => heard.push(body.text ?? String(type)))
  const closed = new Promise<number>((resolve) => void room.onLeave(resolve))
  onTestFinished(async () => {
    if (room.connection.isOpen) await room.leave()
  })
  return { seat, room, heard, closed }
}

/** What a socket that asks for its seat itself is told first, and the code it was closed with. */
export function walkIn(at: Front, streamId: string, { accessToken }: Guest) {
  const url = `${at.url.replace('http', 'ws')}/v1/streams/${streamId}/socket?backlog=0`
  const socket = new WebSocket(url, ['odeon', `bearer.${accessToken}`])
  socket.binaryType = 'arraybuffer'
  onTestFinished(() => socket.close())
  const told = new Promise<Seat>((resolve, reject) => {
    socket.addEventListener('message', ({ data }) => resolve(seatIn(String(data))), { once: true })
    socket.addEventListener('close', () => reject(new Error('nothing was told')))
  })
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code))
  })
  return { socket, told, closed }
}

const seatIn = (told: string): Seat => (JSON.parse(told) as { seat: Seat }).seat

export const say = (room: Room, text: string) =>
  room.request('chat.send', { requestId: crypto.randomUUID(), text })
