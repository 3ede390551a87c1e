/**
 * Speaks LiveKit's HTTP where what is asked is counted, and for ingress and egress, whose services
 * need containers: it demands the signature, the grant and a body, and tells by signed webhooks.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { IngressInfo } from '@livekit/protocol'
import { jwtVerify } from 'jose'
import { AccessToken } from 'livekit-server-sdk'
import { afterAll } from 'vitest'
import type { LiveKitAddress } from '../settings.ts'

type JsonValue = Parameters<typeof IngressInfo.fromJson>[0]

export class Twirp extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** One method of a service: the body as it came, the answer as JSON. Throws `Twirp` to refuse. */
export type Method = (body: JsonValue) => JsonValue | Promise<JsonValue>

export interface StandIn extends LiveKitAddress {
  /** What was asked, in order: `Ingress/CreateIngress`. */
  asked: string[]
  /** While true nothing is answered but 503. */
  isAway: boolean
  /** What LiveKit tells, with the headers it tells it by. */
  signed(event: JsonValue): Promise<{ body: string; headers: Record<string, string> }>
}

const grants: Record<string, string> = {
  Ingress: 'ingressAdmin',
  Egress: 'roomRecord',
  RoomService: 'roomAdmin',
}

export async function standInLiveKit(methods: Record<string, Method>): Promise<StandIn> {
  const apiKey = 'stand-in'
  const apiSecret = 'a secret of at least thirty-two bytes'
  const secret = new TextEncoder().encode(apiSecret)

  const answer = async (request: IncomingMessage): Promise<JsonValue> => {
    if (standIn.isAway) throw new Twirp(503, 'no response from servers')
    const [, service = '', name = ''] = /^\/twirp\/livekit\.(\w+)\/(\w+)$/.exec(request.url!) ?? []
    // Odeon looks whether LiveKit is there by asking for a room that is not.
    if (`${service}/${name}` === 'RoomService/ListRooms') return { rooms: [] }
    const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? ''
    const { payload } = await jwtVerify(bearer, secret, { issuer: apiKey }).catch(() => {
      throw new Twirp(401, 'permissions denied')
    })
    const video = (payload as { video?: Record<string, boolean> }).video ?? {}
    if (video[grants[service] ?? ''] !== true) throw new Twirp(401, 'permissions denied')
    if (!request.headers['content-type']?.startsWith('application/json')) {
      throw new Twirp(415, 'not JSON')
    }
    const method = methods[`${service}/${name}`]
    if (method === undefined) throw new Twirp(404, 'no such method')
    standIn.asked.push(`${service}/${name}`)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return await method(JSON.parse(Buffer.concat(chunks).toString()) as JsonValue)
  }

  const serve = (request: IncomingMessage, response: ServerResponse) =>
    answer(request).then(
      (json) => response.setHeader('content-type', 'application/json').end(JSON.stringify(json)),
      (error: Error) => {
        response.statusCode = error instanceof Twirp ? error.status : 500
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify({ code: 'refused', msg: error.message }))
      },
    )
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const standIn: StandIn = {
    url,
    publicUrl: url.replace('http', 'ws'),
    apiKey,
    apiSecret,
    asked: [],
    isAway: false,
    async signed(event) {
      const body = JSON.stringify(event)
      const token = new AccessToken(apiKey, apiSecret, { ttl: 60 })
      token.sha256 = createHash('sha256').update(body).digest('base64')
      const authorization = await token.toJwt()
      return { body, headers: { authorization, 'content-type': 'application/webhook+json' } }
    },
  }
  return standIn
}
