/** A small HTTP server on this machine that stands in for a gateway; it ends with the test file. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface Heard {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingMessage['headers']
  body: string
}

export interface Said {
  status?: number
  json: unknown
}

/**
 * While `isAway` nothing is answered: connections are cut. `held` keeps answers back until it
 * resolves.
 */
export interface StandIn {
  url: string
  isAway: boolean
  held?: Promise<void>
  heard: Heard[]
}

export async function serveStandIn(answer: (heard: Heard) => Said): Promise<StandIn> {
  const standIn: StandIn = { url: '', isAway: false, heard: [] }
  const server = createServer((request, response) => {
    if (standIn.isAway) return void request.socket.destroy()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const at = new URL(request.url ?? '/', 'http://stand-in')
      const heard: Heard = {
        method: request.method ?? '',
        path: at.pathname,
        query: at.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      standIn.heard.push(heard)
      const say = () => {
        const { status = 200, json } = answer(heard)
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(json))
      }
      if (standIn.held === undefined) say()
      else void standIn.held.then(say)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return standIn
}
