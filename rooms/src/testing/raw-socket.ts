/** A hostile peer: a bare WebSocket that holds a real seat and may do anything with it. */
import type { Socket } from 'node:net'
import { Protocol } from '@colyseus/core'
import { decode, encode } from '@colyseus/schema'
import { pack, unpack } from 'msgpackr'
import { WebSocket } from 'ws'

export interface RawSocket {
  ws: WebSocket
  tcp: Socket
  /** Confirms the join, as every honest client does. */
  confirm: () => void
  send: (bytes: Uint8Array) => void
  closed: Promise<{ code: number; reason: string }>
  /** Named messages it was sent, in order. */
  told: { type: string; payload: Record<string, unknown> }[]
  statesSeen(): number
}

/** Takes a seat through the public matchmaking and opens the socket without confirming. */
export async function openRaw(url: string, roomId: string, token: string): Promise<RawSocket> {
  const seat = await reserve(url, roomId, token)
  const ws = new WebSocket(
    `${url.replace('http', 'ws')}/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`,
  )
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  // Errors end in 'close', which the tests await.
  ws.on('error', () => {})
  const told: RawSocket['told'] = []
  let states = 0
  ws.on('message', (message: Buffer) => {
    if (message[0] === Protocol.ROOM_STATE) states += 1
    if (message[0] !== Protocol.ROOM_DATA) return
    const at = { offset: 1 }
    const type = decode.string(message, at)
    told.push({ type, payload: unpack(message.subarray(at.offset)) })
  })
  await new Promise((resolve) => ws.once('message', resolve))
  return {
    ws,
    tcp: (ws as unknown as { _socket: Socket })._socket,
    confirm: () => ws.send(new Uint8Array([Protocol.JOIN_ROOM])),
    send: (bytes) => ws.send(bytes),
    closed,
    told,
    statesSeen: () => states,
  }
}

export interface Seat {
  processId: string
  roomId: string
  sessionId: string
}

export async function reserve(url: string, roomId: string, token: string): Promise<Seat> {
  const response = await fetch(`${url}/matchmake/joinById/${roomId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: '{}',
  })
  const seat = (await response.json()) as Seat & { error?: string }
  if (!response.ok) throw new Error(`${response.status} ${seat.error}`)
  return seat
}

/** A command as the stock client encodes it. */
export function commandBytes(name: string, payload?: unknown): Uint8Array {
  const head = new Uint8Array(1024)
  const at = { offset: 1 }
  head[0] = Protocol.ROOM_DATA
  encode.string(head, name, at)
  const body = payload === undefined ? new Uint8Array() : pack(payload)
  return Buffer.concat([head.subarray(0, at.offset), body])
}
