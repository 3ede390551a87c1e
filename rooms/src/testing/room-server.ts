/** A real Colyseus server on loopback for room tests, joined by the unmodified Colyseus client. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { matchMaker, Server, type Room as ServerRoom } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { ColyseusSDK, type Room } from '@colyseus/sdk'
import { deflateAgreement, shareDeflate } from '../kit/deflate/negotiation.ts'
import { joinHandshakes } from '../kit/handshake.ts'
import { kitLimits, type Welcome } from '../kit/protocol.ts'
import { audioKind } from '../audio/audio-kind.ts'
import { defineLiveRoom } from '../live/live-room.ts'
import { liveRoomId } from '../live/room-id.ts'
import { type MemoryPorts, memoryPorts } from './memory-ports.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {}, log() {}, trace() {} }

export interface RoomServer {
  ports: MemoryPorts
  url: string
  /** Opens the room of a new stream whose host is `hostId`. */
  openStream(streamId: string, hostId: string): Promise<void>
  /** The same for a room of voices. */
  openAudio(streamId: string, hostId: string): Promise<void>
  /** Opens the room of a known stream again. */
  reopen(streamId: string): Promise<void>
  join(streamId: string, token: string, options?: object): Promise<Joined>
  room(streamId: string): ServerRoom
  stop(): Promise<void>
}

/** A stock client with everything it was told, in order. */
export interface Joined {
  room: Room
  welcome: Welcome
  told: { type: string; payload: Record<string, unknown> }[]
  closed: Promise<{ code: number; reason: string }>
}

type RoomClass = Parameters<Server['define']>[1] extends infer C ? C : never

/** One per test file: the matchmaker is one per process. */
export async function startRoomServer(
  rooms: Record<string, unknown> = {},
  ports: MemoryPorts = memoryPorts(),
): Promise<RoomServer> {
  const http = createServer()
  const transport = new WebSocketTransport({
    server: http,
    maxPayload: kitLimits.inboundBytesMax,
    perMessageDeflate: deflateAgreement,
    pingInterval: 0,
  })
  shareDeflate(http, transport)
  joinHandshakes(transport)
  const server = new Server({ transport, greet: false, gracefullyShutdown: false, logger: silent })
  server.define('live', defineLiveRoom(ports) as never)
  server.define('audio', defineLiveRoom(ports, audioKind) as never)
  for (const [name, room] of Object.entries(rooms)) server.define(name, room as RoomClass as never)
  await server.listen(0, '127.0.0.1')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return {
    ports,
    url,
    async openStream(streamId, hostId) {
      ports.streams.add(streamId, hostId)
      await matchMaker.createRoom('live', { streamId })
    },
    async openAudio(streamId, hostId) {
      ports.streams.add(streamId, hostId, 'audio')
      await matchMaker.createRoom('audio', { streamId })
    },
    async reopen(streamId) {
      const { medium } = ports.streams.streams.get(streamId) ?? {}
      await matchMaker.createRoom(medium === 'audio' ? 'audio' : 'live', { streamId })
    },
    join: (streamId, token, options = {}) => join(url, liveRoomId(streamId), token, options),
    room: (streamId) => matchMaker.getLocalRoomById(liveRoomId(streamId)),
    stop: () => server.gracefullyShutdown(false),
  }
}

/** They were put out before they were welcomed: `left` is what `closed` would have told. */
export class NeverWelcome extends Error {
  readonly left: { code: number; reason: string }

  constructor(left: { code: number; reason: string }) {
    super(`closed before the welcome: ${left.code} ${left.reason}`)
    this.left = left
  }
}

/** Throws `NeverWelcome`, or why they may not join. */
export async function join(
  url: string,
  roomId: string,
  token: string,
  options: object,
): Promise<Joined> {
  const client = new ColyseusSDK(url)
  client.auth.token = token
  const room = await client.joinById(roomId, options)
  const told: Joined['told'] = []
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    room.onLeave((code, reason) => resolve({ code, reason: reason ?? '' }))
  })
  const welcome = await new Promise<Welcome>((resolve, reject) => {
    void closed.then((left) => reject(new NeverWelcome(left)))
    room.onMessage('*', (type, payload) => {
      told.push({ type: String(type), payload: payload as Record<string, unknown> })
      if (type === 'room.welcome') resolve(payload as Welcome)
    })
  })
  return { room, welcome, told, closed }
}
