/** Writes answers. When the body was not read to its end, the rest is discarded, then closed. */
import type { FileHandle } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { hasBody } from './read-body.ts'
import { errorBody, type HttpRefusal } from './refusal.ts'
import { factsOf } from './request-facts.ts'

/** How long a refused upload may go on before its connection is cut. */
const discardMs = 2_000

/** An answer of bytes with headers of its own; without bytes it says that nothing changed (304). */
export class BytesReply {
  readonly bytes: Uint8Array | null
  readonly headers: Readonly<Record<string, string>>
  readonly status: number
  constructor(
    bytes: Uint8Array | null,
    headers: Readonly<Record<string, string>>,
    status = bytes === null ? 304 : 200,
  ) {
    this.bytes = bytes
    this.headers = headers
    this.status = status
  }
}

/** An answer of a file, or of a part of it, read no faster than it is taken. Closes the file. */
export class FileReply {
  readonly file: FileHandle
  readonly headers: Readonly<Record<string, string>>
  /** First byte and last, both of them sent. */
  readonly part: readonly [from: number, to: number]
  readonly status: number
  constructor(
    file: FileHandle,
    headers: Readonly<Record<string, string>>,
    part: readonly [from: number, to: number],
    status = 200,
  ) {
    this.file = file
    this.headers = headers
    this.part = part
    this.status = status
  }
}

export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { file, headers, part: [start, end], status }: FileReply,
): Promise<void> {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.setHeader('content-length', end - start + 1)
  if (request.method === 'HEAD') {
    await file.close()
    response.end()
    return
  }
  // Whoever goes away in the middle has had enough; a disk that fails breaks the answer off.
  await pipeline(file.createReadStream({ start, end }), response).catch(() => response.destroy())
}

export function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  { bytes, headers, status }: BytesReply,
): void {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (bytes !== null) response.setHeader('content-length', bytes.byteLength)
  finish(request, response, bytes ?? '')
}

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
  if (refusal.status === 426) response.setHeader('upgrade', 'websocket')
  sendJson(request, response, refusal.status, errorBody(refusal, factsOf(request).requestId))
}

function finish(
  request: IncomingMessage,
  response: ServerResponse,
  text: string | Uint8Array,
): void {
  const body = request.method === 'HEAD' ? '' : text
  if (request.complete || !hasBody(request)) {
    response.end(body)
    return
  }
  // The client is still sending. It gets the whole answer now; a cut connection would lose it.
  response.setHeader('connection', 'close')
  if (body.length > 0) response.write(body)
  else response.flushHeaders()
  const timer = setTimeout(end, discardMs)
  request.once('end', end).once('close', end).resume()
  function end() {
    clearTimeout(timer)
    request.off('end', end).off('close', end)
    response.end()
  }
}
