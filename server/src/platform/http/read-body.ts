/**
 * Reads a JSON body within a bound of bytes and time, whatever its length header says (S5).
 * What lies beyond the bound is discarded as it arrives, so memory does not grow.
 */
import type { IncomingMessage } from 'node:http'
import { commonRefusal } from './refusal.ts'

export const bodyLimits = {
  bytesMax: 64 * 1024,
  /** Time a client has to send a body. */
  arrivalMs: 15_000,
} as const

export function hasBody(request: IncomingMessage): boolean {
  return (
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0
  )
}

/** Resolves with the parsed body, or undefined when there is none. Rejects with refusals. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  if (!hasBody(request)) return undefined
  if (Number(request.headers['content-length'] ?? 0) > bodyLimits.bytesMax) {
    throw commonRefusal('too_large')
  }
  const bytes = await collect(request)
  if (bytes.length === 0) return undefined
  if (!isPlainJson(request)) throw commonRefusal('unsupported_media_type')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw commonRefusal('malformed_json')
  }
}

function isPlainJson(request: IncomingMessage): boolean {
  const type = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i
  const encoding = request.headers['content-encoding'] ?? 'identity'
  return type.test(request.headers['content-type'] ?? '') && encoding === 'identity'
}

function collect(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const timer = setTimeout(() => finish(commonRefusal('body_timeout')), bodyLimits.arrivalMs)
    const finish = (error?: Error) => {
      clearTimeout(timer)
      request.off('data', onData).off('end', finishWell).off('error', finish).off('close', onClose)
      if (error) reject(error)
      else resolve(Buffer.concat(chunks))
    }
    const finishWell = () => finish()
    const onClose = () => finish(commonRefusal('body_timeout'))
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bodyLimits.bytesMax) finish(commonRefusal('too_large'))
      else chunks.push(chunk)
    }
    request.on('data', onData).on('end', finishWell).on('error', finish).on('close', onClose)
  })
}
