/** Frames as a hostile client makes them: honest ones, damaged, from a seed. */
import { createHash } from 'node:crypto'
import { commandSamples } from './command-samples.ts'
import { commandBytes } from './raw-socket.ts'

/** Extension types that decoders of MessagePack give a meaning: dates, errors, sets, records … */
const extensionTypes = [0x00, 0x42, 0x62, 0x65, 0x69, 0x70, 0x72, 0x73, 0x74, 0x78, 0xff]
const extended = extensionTypes.map((type) =>
  // `chat.send` with `{ text: ext 8 of four bytes }`.
  Buffer.concat([
    commandBytes('chat.send'),
    Buffer.from([0x81, 0xa4, ...Buffer.from('text'), 0xc7, 4, type, 0x91, 0x70, 0x93, 0x01]),
  ]),
)

/** One frame of each kind that a client may send. */
export const samples = [
  ...extended,
  ...Object.entries(commandSamples).map(([name, message], n) =>
    commandBytes(name, { requestId: `request-${n}`, ...message }),
  ),
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
