/** Writes answers. When the body was not read to its end, the rest is discarded, then closed. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { hasBody } from './read-body.ts'
import { errorBody, type HttpRefusal } from './refusal.ts'
import { factsOf } from './request-facts.ts'

/** How long a refused upload may go on before its connection is cut. */
const discardMs = 2_000

export function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  contentType: string,
  text: string,
): void {
  response.statusCode = status
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-store')
  response.setHeader('content-type', contentType)
  response.setHeader('content-length', Buffer.byteLength(text))
  finish(request, response, text)
}

export function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  value: unknown,
): void {
  sendText(request, response, status, 'application/json; charset=utf-8', JSON.stringify(value))
}

export function sendNothing(request: IncomingMessage, response: ServerResponse): void {
  response.statusCode = 204
  response.setHeader('cache-control', 'no-store')
  finish(request, response, '')
}

export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: HttpRefusal,
): void {
  const { retryAfterMs } = refusal.extra
  if (retryAfterMs !== undefined) {
    response.setHeader('retry-after', Math.ceil(retryAfterMs / 1000))
  }
  if (refusal.status === 401) response.setHeader('www-authenticate', 'Bearer')
  sendJson(request, response, refusal.status, errorBody(refusal, factsOf(request).requestId))
}

function finish(request: IncomingMessage, response: ServerResponse, text: string): void {
  const body = request.method === 'HEAD' ? '' : text
  if (request.complete || !hasBody(request)) {
    response.end(body)
    return
  }
  // The client is still sending. It gets the whole answer now; a cut connection would lose it.
  response.setHeader('connection', 'close')
  if (body) response.write(body)
  else response.flushHeaders()
  const timer = setTimeout(end, discardMs)
  request.once('end', end).once('close', end).resume()
  function end() {
    clearTimeout(timer)
    request.off('end', end).off('close', end)
    response.end()
  }
}
