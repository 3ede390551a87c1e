/** Frames as a hostile client makes them: honest ones, damaged, from a seed. */
import { createHash } from 'node:crypto'
import { commandBytes } from './raw-socket.ts'

/** One frame of each kind that a client may send. */
export const samples = [
  commandBytes('chat.send', { requestId: 'request-1', text: 'hello there' }),
  commandBytes('reaction.send', { requestId: 'request-2', kind: 'heart', count: 2 }),
  commandBytes('stream.start', { requestId: 'request-3' }),
  commandBytes('log.read', { epoch: 1, after: 0 }),
  Buffer.from([21, 5, ...commandBytes('log.read', { epoch: 1, after: 0 }).subarray(1)]),
  Buffer.from([10]),
  Buffer.from([18]),
]

/** Bytes that depend on the seed only. */
export function seededBytes(seed: string): (length: number) => Buffer {
  let counter = 0
  let pool = Buffer.alloc(0)
  return (length) => {
    while (pool.byteLength < length) {
      pool = Buffer.concat([pool, createHash('sha512').update(`${seed}:${counter++}`).digest()])
    }
    const bytes = pool.subarray(0, length)
    pool = pool.subarray(length)
    return bytes
  }
}

/** A frame cut, lengthened or changed in a few bytes. */
export function mutate(sample: Uint8Array, random: (length: number) => Buffer): Uint8Array {
  const bytes = Buffer.from(sample)
  const [how = 0, changes = 0] = random(2)
  if (how < 60) return bytes.subarray(0, random(1)[0]! % (bytes.byteLength + 1))
  if (how < 100) return Buffer.concat([bytes, random(changes % 60)])
  for (let n = 0; n <= changes % 6; n += 1) {
    const [at = 0, value = 0] = random(2)
    bytes[at % bytes.byteLength] = value
  }
  return bytes
}
