/**
 * What rooms and their sockets agree on about compression (permessage-deflate, RFC 7692), and who
 * is offered it: no small room pays for what only large ones gain by.
 */
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { matchMaker, Room } from '@colyseus/core'
import type { WebSocketTransport } from '@colyseus/ws-transport'
import { kitLimits } from '../protocol.ts'
import { boundInflation, type Inflater } from './bound-inflation.ts'
import { deflateWindowBits } from './deflated.ts'

const name = 'permessage-deflate'

/** The part of a socket of `ws` that holds what was agreed on. */
export interface Extended {
  readonly _extensions?: Record<string, Agreement | undefined>
}

interface Agreement extends Inflater {
  readonly params: { server_no_context_takeover?: boolean; server_max_window_bits?: number }
}

/**
 * For the transport. Neither side carries a window from one message to the next, so no socket
 * holds a compressor, and `ws` itself deflates nothing: shared frames come ready from the kit.
 */
export const deflateAgreement = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: Number.POSITIVE_INFINITY,
} as const

/** True when frames deflated once for all may be written to it. */
export function readsDeflated(ws: Extended): boolean {
  const params = ws._extensions?.[name]?.params
  const { server_no_context_takeover: isFresh, server_max_window_bits: bits } = params ?? {}
  return isFresh === true && (bits === undefined || bits >= deflateWindowBits)
}

/** Call before an upgrade, with the address of its room: only a large one is offered it. */
export function offerDeflate(request: IncomingMessage): void {
  if (!isLarge(request.url ?? '')) delete request.headers['sec-websocket-extensions']
}

/** Call before the first connection; the transport was made with `deflateAgreement`. */
export function boundDeflate(transport: WebSocketTransport): void {
  const { wss } = transport as unknown as { wss: NodeJS.EventEmitter }
  wss.on('connection', (ws: Parameters<typeof boundInflation>[0] & Extended) => {
    const agreement = ws._extensions?.[name]
    if (agreement !== undefined) boundInflation(ws, agreement)
  })
}

/** Both, for a server whose upgrades nobody stands before. */
export function shareDeflate(http: HttpServer, transport: WebSocketTransport): void {
  http.prependListener('upgrade', offerDeflate)
  boundDeflate(transport)
}

/** The room an address leads to, such as `/process/room?sessionId=…`, has many sockets here. */
function isLarge(address: string): boolean {
  const id = /^\/[\w-]+\/([\w-]+)(\?|$)/.exec(address)?.[1]
  // A stranger's address may name what every object has, such as `constructor`.
  const room: unknown = id === undefined ? undefined : matchMaker.getLocalRoomById(id)
  return room instanceof Room && room.clients.length >= kitLimits.deflateOfferFromSockets
}
