/** A real HTTP server whose answers the test writes: for failures no good server would give. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: unknown
}

export interface HttpStub {
  url: string
  asked: Asked[]
  /** Answers every request from now on. */
  answer(respond: (asked: Asked, response: ServerResponse) => void): void
  close(): Promise<void>
}

export async function httpStub(): Promise<HttpStub> {
  const asked: Asked[] = []
  let respond: (asked: Asked, response: ServerResponse) => void = (_asked, response) => {
    response.end('{}')
  }
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { method = '', url = '', headers } = request
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const one = { method, path: url, headers, body }
    asked.push(one)
    respond(one, response)
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (next) => {
      respond = next
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
