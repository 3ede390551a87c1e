/**
 * Seats by a route of our own, as in service: a bearer token, a room, options. Where the stock
 * client asks for them and as it is answered, so that everybody can join.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { matchMaker, ServerError } from '@colyseus/core'
import { joinOptions, seatAuth } from '@odeon/rooms'
import { quietPorts } from './quiet-ports.ts'

const path = /^\/matchmake\/joinById\/([\w-]{1,64})$/
const bodyBytesMax = 4_096
const auth = seatAuth(quietPorts)

export function seatRoute(request: IncomingMessage, response: ServerResponse): void {
  giveSeat(request).then(
    (seat) => send(response, 200, seat),
    (error: unknown) => {
      const { code = 500, message } = error as Partial<ServerError>
      send(response, code >= 400 && code < 600 ? code : 500, { code, error: message })
    },
  )
}

async function giveSeat(request: IncomingMessage): Promise<object> {
  const roomId = path.exec(request.url ?? '')?.[1]
  const room = roomId === undefined ? undefined : await matchMaker.driver.findOne({ roomId })
  if (room === undefined || request.method !== 'POST') throw new ServerError(404, 'not_found')
  const token = /^Bearer ([\w.~+/=-]+)$/.exec(request.headers.authorization ?? '')?.[1]
  const identity = await auth(token ?? '', {})
  const options = joinOptions.parse(JSON.parse((await textOf(request)) || '{}'))
  return matchMaker.reserveSeatFor(room, options, identity)
}

/** From events, as the server reads bodies. */
function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let bytes = 0
    request.on('data', (part: Buffer) => {
      bytes += part.byteLength
      if (bytes > bodyBytesMax) reject(new ServerError(413, 'too_large'))
      else parts.push(part)
    })
    request.on('end', () => resolve(Buffer.concat(parts).toString()))
    request.on('error', reject)
  })
}

function send(response: ServerResponse, status: number, body: object): void {
  const json = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }
  response.writeHead(status, headers).end(json)
}
