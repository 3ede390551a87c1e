/** Sockets that ask for their seat themselves, as a page opens them. */
import { once } from 'node:events'
import { expect, onTestFinished, vi } from 'vitest'
import type { Seat } from '../../rooms/protocol.ts'

export interface Told {
  seat?: Seat
  error?: { code: string; message: string; requestId: string; retryAfterMs?: number }
  status?: number
}

export type Walking = ReturnType<ReturnType<typeof walker>>

/** For paths below `/v1/` of a server. */
export const walker =
  (serverUrl: string) =>
  (path: string, token?: string, protocols = ['odeon']) => {
    const proof = token === undefined ? [] : [`bearer.${token}`]
    const url = `${serverUrl.replace('http', 'ws')}/v1/${path}`
    const socket = new WebSocket(url, [...protocols, ...proof])
    socket.binaryType = 'arraybuffer'
    const heard: unknown[] = []
    socket.addEventListener('message', ({ data }) => void heard.push(data))
    onTestFinished(() => socket.close())
    const closed = once(socket, 'close').then(([event]) => (event as CloseEvent).code)
    const told = async (): Promise<Told> => {
      await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0))
      return JSON.parse(heard[0] as string) as Told
    }
    /** Resolves when the room has let it in. */
    const joined = async () => {
      await vi.waitFor(() => expect(firstByte(heard[1])).toBe(joinRoom))
    }
    return { socket, heard, closed, told, joined }
  }

const joinRoom = 10
const firstByte = (data: unknown) => new Uint8Array(data as ArrayBuffer)[0]

export const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
} as const
