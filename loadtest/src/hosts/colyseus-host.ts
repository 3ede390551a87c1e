/** One Colyseus server with one room, the same for stock rooms and for rooms on the kit. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Client, matchMaker, type Room, Server } from '@colyseus/core'
import type { Schema } from '@colyseus/schema'
import { WebSocketTransport } from '@colyseus/ws-transport'
import type { PerMessageDeflateOptions } from 'ws'
import type { Ready } from './protocol.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {}, log() {}, trace() {} }

/** Pings find dead peers; the bench of idle rooms sets what stock has by default. */
const pingEveryMs = Number(process.env['PING_MS'] ?? 30_000)
const pingMissesMax = 2
/** How long a seat waits for its socket; longer where seats are meant to pile up. */
const seatHeldS = Number(process.env['SEAT_S'] ?? 15)
const backlogMax = 4_096
const sampledSockets = 32

export interface ColyseusHost {
  room: Room
  ready: Ready
}

/** Where a server differs from stock. */
interface Differs {
  /** 0 where rooms ping for themselves. */
  pingEveryMs?: number
  /** What it agrees to about deflated frames, and who gives them to its sockets. */
  deflate?: {
    agreement: PerMessageDeflateOptions
    share: (http: HttpServer, transport: WebSocketTransport) => void
  }
  /** Answers requests in place of Colyseus' own routes. */
  answer?: RequestListener
  /** Called before the first connection. */
  prepare?: (transport: WebSocketTransport) => void
}

/** Takes connections; resolves with the port. */
export async function openServer(
  define: (server: Server) => void,
  differs: Differs = {},
): Promise<number> {
  const http = createServer(differs.answer)
  const transport = new WebSocketTransport({
    server: http,
    maxPayload: 16 * 1024,
    perMessageDeflate: differs.deflate?.agreement ?? false,
    pingInterval: differs.pingEveryMs ?? pingEveryMs,
    pingMaxRetries: pingMissesMax,
  })
  differs.deflate?.share(http, transport)
  differs.prepare?.(transport)
  const server = new Server({ transport, greet: false, gracefullyShutdown: false, logger: silent })
  define(server)
  if (differs.answer === undefined) await server.listen(0, '127.0.0.1', backlogMax)
  else {
    // What `Server.listen` does, less its routes.
    await matchMaker.accept()
    http.listen({ port: 0, host: '127.0.0.1', backlog: backlogMax })
    await once(http, 'listening')
  }
  return (http.address() as AddressInfo).port
}

export async function openRoom(
  define: (server: Server) => void,
  differs?: Differs,
): Promise<ColyseusHost> {
  const port = await openServer(define, differs)
  const { roomId } = await matchMaker.createRoom('bench', {})
  const room = matchMaker.getLocalRoomById(roomId)
  room.seatReservationTimeout = seatHeldS
  return { room, ready: { port, seat: seatOf(roomId), roomId, smallSeat: await smallRoom() } }
}

export const seatOf = (roomId: string): string => `/matchmake/joinById/${roomId}`

/** A second room of the same kind in the same process, where nobody but its members speaks. */
async function smallRoom(): Promise<string> {
  const { roomId } = await matchMaker.createRoom('bench', {})
  return seatOf(roomId)
}

export function hashOf(state: Schema): string {
  return createHash('sha256').update(JSON.stringify(state.toJSON())).digest('hex')
}

function queuedBytesOf(client: Client): number {
  const { _socket } = client.ref as unknown as { _socket: Socket | null }
  return _socket?.writableLength ?? 0
}

/** The first sockets of the room (the checking members among them) and some that change. */
export function sampledQueue(room: Room): number {
  const { clients } = room
  let most = 0
  const first = Math.min(sampledSockets, clients.length)
  for (let at = 0; at < first; at += 1) most = Math.max(most, queuedBytesOf(clients[at] as Client))
  for (let n = 0; n < first; n += 1) {
    turn = (turn + 7) % clients.length
    most = Math.max(most, queuedBytesOf(clients[turn] as Client))
  }
  return most
}
let turn = 0

export function longestQueue(room: Room): number {
  return room.clients.reduce((most, client) => Math.max(most, queuedBytesOf(client)), 0)
}
