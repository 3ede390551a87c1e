/**
 * What every socket meets before Colyseus does: whose page it is, where it comes from, whether it
 * asks for a seat itself. What Colyseus reads must already be true, and what it throws while
 * reading a request would end the process.
 */
import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocketTransport } from '@colyseus/ws-transport'
import type { Logger } from '@odeon/rooms/ports'
import type { ClientAddress } from '../http/client-address.ts'
import type { OriginPolicy } from '../http/origins.ts'
import { commonRefusals } from '../http/refusal.ts'

/** What becomes of a socket that asked for its seat itself; `said` is the first it hears. */
export type Entry = {
  said: string
  /** Called when the socket has gone and can be told nothing. */
  giveUp?: () => void
} /** Address of the seat's room in this process. */ & (
  | { seatUrl: string }
  /** There is nothing for it here: it is closed. */
  | { closeWith: number }
)

/** Undefined for a socket that has a seat. Never rejects. */
export type Enter = (request: IncomingMessage) => Promise<Entry> | undefined

export interface UpgradeDeps {
  http: HttpServer
  transport: WebSocketTransport
  origins: OriginPolicy
  address: ClientAddress
  enter?: Enter | undefined
  /** Called with the address of the room, just before the socket is made. */
  prepare?: ((request: IncomingMessage) => void) | undefined
  /** A peer sent what is no WebSocket; `code` is one of a few that the library has for it. */
  broken?: ((code: string) => void) | undefined
  log: Logger
}

/**
 * For the transport: whoever does not answer when it is closed, be it for want of a seat, is cut
 * after so long. An option of `ws` that its types do not have yet.
 */
export const lastWords = { closeTimeout: 1_000 } as const

interface Told {
  send(text: string): void
  on(name: 'error', call: (error: Error & { code?: unknown }) => void): void
  on(name: 'message' | 'ping' | 'pong', call: () => void): void
  removeAllListeners(name: 'error'): void
}

/** What is used here of the transport's own server for sockets. */
interface SocketServer {
  prependListener(name: 'connection', call: (socket: Told, request: IncomingMessage) => void): void
  on(name: 'connection', call: (socket: Told) => void): void
  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    made: (socket: Told & { close(code: number): void; terminate(): void }) => void,
  ): void
}

/** Call it once the transport listens to `http`, and before anything else does. */
export function frontUpgrades(deps: UpgradeDeps): void {
  const { http, transport, origins, address, enter, prepare, broken, log } = deps
  const listeners = http.listeners('upgrade')
  http.removeAllListeners('upgrade')
  const { wss } = transport as unknown as { wss: SocketServer }
  /** What those who asked for a seat are told before the room says anything. */
  const toldFirst = new WeakMap<IncomingMessage, string>()
  wss.prependListener('connection', (socket, request) => {
    const said = toldFirst.get(request)
    toldFirst.delete(request)
    if (said !== undefined) socket.send(said)
  })
  wss.on('connection', (socket) => {
    // The transport's own listener would log what any stranger can cause as an error of ours.
    socket.removeAllListeners('error')
    socket.on('error', (error) => {
      const code = codeOf(error)
      log.debug({ code }, 'a socket sent what is no WebSocket')
      broken?.(code)
    })
  })

  const pass = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    try {
      prepare?.(request)
      for (const listener of listeners) listener.call(http, request, socket, head)
    } catch (err) {
      log.error({ err }, 'an upgrade failed')
      answer(socket, 400)
    }
  }

  const admit = (entry: Entry, request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if ('seatUrl' in entry) {
      request.url = entry.seatUrl
      toldFirst.set(request, entry.said)
      pass(request, socket, head)
      // The library refused it at once, as for extensions that it cannot read.
      if (toldFirst.delete(request)) entry.giveUp?.()
      return
    }
    delete request.headers['sec-websocket-extensions']
    wss.handleUpgrade(request, socket, head, (closing) => {
      const cut = () => closing.terminate()
      // Whoever is not let in has nothing to say, and until the transport's last word to read.
      closing.on('error', cut)
      for (const word of ['message', 'ping', 'pong'] as const) closing.on(word, cut)
      closing.send(entry.said)
      closing.close(entry.closeWith)
    })
  }

  http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // It has gone already, and nobody can say any more who it was.
    if (request.socket.remoteAddress === undefined) return void socket.destroy()
    setForwardedHeaders(request, address)
    const { origin, host } = request.headers
    if (!isPath(request.url)) return answer(socket, 400)
    if (!origins.allowed(origin, host)) return answer(socket, 403, originRefused)
    // No seat is taken for a handshake that will be refused.
    const entering = isHandshake(request) ? enter?.(request) : undefined
    if (entering === undefined) return pass(request, socket, head)
    socket.on('error', destroy)
    entering
      .then((entry) => {
        socket.off('error', destroy)
        if (!hasGone(socket)) return admit(entry, request, socket, head)
        entry.giveUp?.()
        socket.destroy()
      })
      .catch((err: unknown) => {
        log.error({ err }, 'a socket could not be let in')
        socket.destroy()
      })
  })
}

/** Also who has hung up and is still written to: no handshake is answered there. */
const hasGone = ({ destroyed, readable }: Duplex): boolean => destroyed || !readable

/** Of the library's own names; what inflates to nonsense has others, without an end. */
function codeOf({ code }: { code?: unknown }): string {
  return typeof code === 'string' && code.startsWith('WS_ERR_') ? code : 'other'
}

/** What RFC 6455, 4.1 asks of a handshake, as far as the library behind this looks at it. */
function isHandshake({ method, headers }: IncomingMessage): boolean {
  const protocols = headers['sec-websocket-protocol']?.split(',').map((one) => one.trim()) ?? []
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '') &&
    headers['sec-websocket-version'] === '13' &&
    protocols.every((one) => /^[\w!#$%&'*+\-.^`|~]+$/.test(one)) &&
    new Set(protocols).size === protocols.length
  )
}

const originRefused = JSON.stringify({
  error: { code: 'origin_refused', message: commonRefusals.origin_refused.text },
})

/** An address such as `*:99999` is a request line and no address of ours. */
function isPath(target: string | undefined): boolean {
  return target?.startsWith('/') === true && URL.canParse(`ws://server${target}`)
}

const reasons = { 400: 'Bad Request', 403: 'Forbidden' } as const

function answer(socket: Duplex, status: keyof typeof reasons, json = ''): void {
  socket.once('error', destroy)
  const head = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    'connection: close',
    ...(json ? ['content-type: application/json'] : []),
    `content-length: ${Buffer.byteLength(json)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${json}`)
}

function destroy(this: Duplex): void {
  this.destroy()
}

/** Colyseus believes these headers from anybody; after this they are what we found out (S4). */
function setForwardedHeaders(request: IncomingMessage, address: ClientAddress): void {
  const ip = address.ip(request)
  for (const name of ['x-forwarded-for', 'x-client-ip']) delete request.headers[name]
  request.headers['x-real-ip'] = ip
}
