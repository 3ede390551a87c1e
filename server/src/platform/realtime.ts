/**
 * The Colyseus side of the server: rooms, matchmaking, sockets. Colyseus' own HTTP routes are never
 * mounted; every request goes through our HTTP app, with its origin check and body bound.
 */
import { createServer, type RequestListener, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { matchMaker, Server } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'
import {
  boundDeflate,
  deflateAgreement,
  joinHandshakes,
  kitLimits,
  offerDeflate,
} from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import type { ClientAddress } from './http/client-address.ts'
import type { OriginPolicy } from './http/origins.ts'
import { colyseusLog } from './realtime/colyseus-log.ts'
import { type Enter, frontUpgrades, lastWords } from './realtime/upgrades.ts'
import type { Shared } from './shared.ts'
import { within } from './within.ts'

export const realtimeLimits = {
  /**
   * Connections the kernel keeps for us while we are busy: a whole audience may come back at once.
   */
  backlog: 8_192,
  /** Longer than proxies keep theirs, so that they never use one that we are closing. */
  keepAliveMs: 75_000,
  headersMs: 15_000,
  requestMs: 30_000,
  headerBytesMax: 16 * 1024,
  /** How long rooms have to say goodbye and store their logs. */
  disposeMs: 6_000,
  /** How long other processes have to learn that this one takes no more viewers. */
  leaveMs: 1_500,
  /** How long rooms have to lay down their pens for others to take up. */
  handOverMs: 4_000,
  /** How long a round of listing rooms that runs has to end. */
  listingMs: 500,
  /** How long requests under way have to be answered once nothing new is taken. */
  drainMs: 1_500,
} as const

/** A class made by `defineLiveRoom` and its like. */
export type RoomClass = Parameters<typeof matchMaker.defineRoomType>[1]

export interface RealtimeOptions {
  /** Answers every HTTP request. */
  app: RequestListener
  /** Lets in the sockets that ask for their seat themselves. */
  enter?: Enter
  /** Told of sockets that sent what is no WebSocket, by a code. */
  broken?: (code: string) => void
  origins: OriginPolicy
  address: ClientAddress
  rooms: Record<string, RoomClass>
  /** What this process shares with others. */
  shared: Pick<Shared, 'presence' | 'driver' | 'probe' | 'keepListed' | 'pulse'>
  /** Where sockets reach this process; absent when they reach it as everything else does. */
  publicAddress?: string | undefined
  /** Large rooms deflate what they say, once for all who agreed to that. */
  compresses: boolean
  /** A worker opens no rooms, and no process opens rooms in it. */
  opensRooms: boolean
  /** The process that shall open a room, by the room's kind and options. */
  processToOpen: (kind: string, options: object) => Promise<string>
  /** Sends everybody to other processes before this one ends. */
  handOver: () => Promise<unknown>
  log: Logger
}

export interface Realtime {
  /** Resolves with the port once connections are taken. */
  listen(options: { port: number; host?: string | undefined }): Promise<number>
  /** Resolves when matchmaking answers; rejects when it does not. */
  probe(): Promise<void>
  /** True when every room ended by itself. Always resolves, hung rooms or not. */
  stop(): Promise<boolean>
}

/** One per process: Colyseus' matchmaker is a singleton. */
export function realtime(options: RealtimeOptions): Realtime {
  const { app, origins, address, log, shared, publicAddress, opensRooms } = options
  const http = createServer(
    {
      keepAliveTimeout: realtimeLimits.keepAliveMs,
      headersTimeout: realtimeLimits.headersMs,
      requestTimeout: realtimeLimits.requestMs,
      maxHeaderSize: realtimeLimits.headerBytesMax,
    },
    (request, response) => {
      // Express lets a request whose address is no path past everything that we put before it.
      request.url = pathOf(request.url)
      app(request, response)
    },
  )
  const transport = new WebSocketTransport({
    server: http,
    maxPayload: kitLimits.inboundBytesMax,
    perMessageDeflate: options.compresses && deflateAgreement,
    // A token may come beside it and is never sent back.
    handleProtocols: (offered) => offered.has('odeon') && 'odeon',
    // Rooms ping their own sockets, a few at a time; this would ping all of them in one turn.
    pingInterval: 0,
    ...lastWords,
  })
  const { compresses, enter, broken } = options
  const prepare = compresses ? offerDeflate : undefined
  frontUpgrades({ http, transport, origins, address, enter, prepare, broken, log })
  if (compresses) boundDeflate(transport)
  joinHandshakes(transport)
  const server = new Server({
    transport,
    presence: shared.presence,
    ...(shared.driver && { driver: shared.driver }),
    ...(publicAddress !== undefined && { publicAddress }),
    // Whoever asked a process for a room gets it there: what opens elsewhere may open twice when
    // the answer is late, and requests are spread over the processes anyway.
    ...(opensRooms && { selectProcessIdToCreateRoom: options.processToOpen }),
    greet: false,
    gracefullyShutdown: false,
    logger: colyseusLog(log),
  })
  const { exposedMethods, getCorsHeaders } = matchMaker.controller
  // Nobody calls these routes, and if somebody mounts them one day they stay as narrow.
  matchMaker.controller.exposedMethods = ['joinById', 'reconnect']
  matchMaker.controller.getCorsHeaders = (headers) => origins.matchmakeCorsHeaders(headers)
  for (const [name, room] of Object.entries(options.rooms)) matchMaker.defineRoomType(name, room)

  let endListing: () => Promise<void> = () => Promise.resolve()

  return {
    async listen({ port, host }) {
      // What `Server.listen` does, less its routes.
      await matchMaker.accept(!opensRooms)
      if (opensRooms) {
        const nothing = () => Promise.resolve()
        const ends = [shared.keepListed(), shared.pulse?.beat() ?? nothing]
        endListing = async () => void (await Promise.all(ends.map((end) => end())))
      }
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject)
        http.listen({ port, host, backlog: realtimeLimits.backlog }, () => {
          http.off('error', reject)
          resolve()
        })
      })
      return (http.address() as AddressInfo).port
    },

    async probe() {
      if (matchMaker.state !== matchMaker.MatchMakerState.READY) throw new Error('not accepting')
      await matchMaker.findRoomsByIds(['probe'])
    },

    async stop() {
      const { pulse } = shared
      if (opensRooms && pulse) await within(realtimeLimits.leaveMs, pulse.leave())
      const handed = await within(realtimeLimits.handOverMs, options.handOver())
      if (handed === 'late') log.error({}, 'some rooms were not handed over in time')
      await within(realtimeLimits.listingMs, endListing())
      const ended = await within(realtimeLimits.disposeMs, server.gracefullyShutdown(false))
      if (ended === 'late') log.error({}, 'some rooms did not end in time; leaving them')
      for (const socket of transportSockets(transport)) socket.terminate()
      await within(realtimeLimits.drainMs, drained(http))
      http.closeAllConnections()
      Object.assign(matchMaker.controller, { exposedMethods, getCorsHeaders })
      return ended !== 'late'
    },
  }
}

/** Takes nothing new. Resolves when everything under way is answered. */
async function drained(http: HttpServer): Promise<void> {
  if (!http.listening) return
  await new Promise<void>((resolve) => http.close(() => resolve()))
}

/** The path of a request, which may name a whole address; of what is no address, one of nothing. */
function pathOf(target = '/'): string {
  if (target.startsWith('/')) return target
  if (!/^https?:/i.test(target) || !URL.canParse(target)) return '/%'
  const { pathname, search } = new URL(target)
  return pathname + search
}

function transportSockets(transport: WebSocketTransport): Iterable<{ terminate(): void }> {
  return (transport as unknown as { wss: { clients: Set<{ terminate(): void }> } }).wss.clients
}
