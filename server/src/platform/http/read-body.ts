/**
 * Reads a body within a bound of bytes and time, whatever its length header says (S5).
 * What lies beyond the bound is discarded as it arrives, so memory does not grow.
 */
import type { IncomingMessage } from 'node:http'
import type { UploadSpec } from './endpoint.ts'
import { commonRefusal, HttpRefusal } from './refusal.ts'

export const bodyLimits = {
  bytesMax: 64 * 1024,
  /** Time a client has to send a body. */
  arrivalMs: 15_000,
  /** The same for a body of bytes, which may be large. */
  uploadMs: 60_000,
  /** Bodies of bytes that arrive at once; each may fill memory up to its own bound. */
  uploadsMax: 8,
  /** Of those, of one person: nobody keeps all others waiting. */
  uploadsOfOneMax: 3,
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
  const bytes = await collect(request, bodyLimits)
  if (bytes.length === 0) return undefined
  if (!isPlainJson(request)) throw commonRefusal('unsupported_media_type')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw commonRefusal('malformed_json')
  }
}

let arriving = 0
/** By who sends them. */
const arrivingOf = new Map<string, number>()

/** Resolves with the bytes of a body. Rejects with refusals, before it reads what it refuses. */
export async function readBytes(
  request: IncomingMessage,
  { bytesMax, contentTypes }: UploadSpec,
  sender: string,
): Promise<Buffer> {
  const { headers } = request
  if (Number(headers['content-length'] ?? 0) > bytesMax) throw commonRefusal('too_large')
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity'
  if (!isPlain || !contentTypes.includes(type)) {
    const text = `Send one of ${contentTypes.join(', ')}.`
    throw new HttpRefusal('unsupported_media_type', { status: 415, text })
  }
  // What is no larger than any other body may come from anybody.
  if (bytesMax <= bodyLimits.bytesMax) return await collect(request, { ...bodyLimits, bytesMax })
  const own = arrivingOf.get(sender) ?? 0
  if (arriving >= bodyLimits.uploadsMax || own >= bodyLimits.uploadsOfOneMax) {
    throw commonRefusal('busy', { retryAfterMs: 1_000 })
  }
  arriving += 1
  arrivingOf.set(sender, own + 1)
  try {
    return await collect(request, { bytesMax, arrivalMs: bodyLimits.uploadMs })
  } finally {
    arriving -= 1
    const left = (arrivingOf.get(sender) ?? 1) - 1
    if (left === 0) arrivingOf.delete(sender)
    else arrivingOf.set(sender, left)
  }
}

function isPlainJson(request: IncomingMessage): boolean {
  const type = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i
  const encoding = request.headers['content-encoding'] ?? 'identity'
  return type.test(request.headers['content-type'] ?? '') && encoding === 'identity'
}

function collect(
  request: IncomingMessage,
  { bytesMax, arrivalMs }: { bytesMax: number; arrivalMs: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const timer = setTimeout(() => finish(commonRefusal('body_timeout')), arrivalMs)
    const finish = (error?: Error) => {
      clearTimeout(timer)
      request.off('data', onData).off('end', finishWell).off('error', onGone).off('close', onGone)
      if (error) reject(error)
      else resolve(Buffer.concat(chunks))
    }
    const finishWell = () => finish()
    // A line that is cut is the client's doing and no fault of ours.
    const onGone = () => finish(commonRefusal('body_timeout'))
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > bytesMax) finish(commonRefusal('too_large'))
      else chunks.push(chunk)
    }
    request.on('data', onData).on('end', finishWell).on('error', onGone).on('close', onGone)
  })
}
