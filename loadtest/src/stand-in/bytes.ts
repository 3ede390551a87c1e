/** What the stand-in reads out of messages: names, numbers and values of msgpack, and a digest. */

/** A number that is not negative, and how many bytes it took; undefined when there is none. */
export function numberAt(bytes: Buffer, at: number): { value: number; size: number } | undefined {
  const head = bytes[at]
  if (head === undefined) return undefined
  if (head < 0x80) return { value: head, size: 1 }
  const has = (size: number) => bytes.length >= at + size
  if (head === 0xcc && has(2)) return { value: bytes.readUInt8(at + 1), size: 2 }
  if (head === 0xcd && has(3)) return { value: bytes.readUInt16BE(at + 1), size: 3 }
  if (head === 0xce && has(5)) return { value: bytes.readUInt32BE(at + 1), size: 5 }
  if (head === 0xcf && has(9)) return { value: Number(bytes.readBigUInt64BE(at + 1)), size: 9 }
  if (head === 0xcb && has(9)) return { value: bytes.readDoubleBE(at + 1), size: 9 }
  return undefined
}

/** The value behind the first such key, of at most 31 letters. */
export function valueOf(body: Buffer, key: string): number | undefined {
  const at = behindKey(body, key)
  return at === undefined ? undefined : numberAt(body, at)?.value
}

export function isTrue(body: Buffer, key: string): boolean {
  const at = behindKey(body, key)
  return at !== undefined && body[at] === 0xc3
}

function behindKey(body: Buffer, key: string): number | undefined {
  const packed = Buffer.from([0xa0 | key.length, ...Buffer.from(key)])
  const at = body.indexOf(packed)
  return at < 0 ? undefined : at + packed.length
}

/** Pairs of numbers in the list behind a key. */
export function pairsOf(body: Buffer, key: string): [number, number][] {
  let at = behindKey(body, key) ?? body.length
  const head = body[at] ?? 0
  const isLong = head === 0xdc
  const count = (head & 0xf0) === 0x90 ? head & 15 : isLong ? body.readUInt16BE(at + 1) : 0
  at += isLong ? 3 : 1
  const pairs: [number, number][] = []
  for (let left = count; left > 0; left -= 1) {
    const from = numberAt(body, at + 1)
    const to = from && numberAt(body, at + 1 + from.size)
    if (from === undefined || to === undefined) break
    pairs.push([from.value, to.value])
    at += 1 + from.size + to.size
  }
  return pairs
}

const seqKey = Buffer.from([0xa3, ...Buffer.from('seq')])

/** `seq` of an entry; undefined for what is no entry. */
export function seqOf(body: Buffer): number | undefined {
  const head = body[0] ?? 0
  const from = (head & 0xf0) === 0x80 ? 1 : head === 0xde ? 3 : head === 0xdf ? 5 : 0
  if (!body.subarray(from, from + seqKey.length).equals(seqKey)) return undefined
  return numberAt(body, from + seqKey.length)?.value
}

/** 53 bits, quick in JavaScript; no defence against makers of collisions. */
export function digest(bytes: Uint8Array, seed = 0): number {
  let [high, low] = [0xdeadbeef ^ seed, 0x41c6ce57 ^ seed]
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 2_654_435_761)
    low = Math.imul(low ^ byte, 1_597_334_677)
  }
  high =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
  low =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0)
}

/** Order counts. */
export const mixed = (one: number, other: number): number =>
  digest(new Uint8Array(new Float64Array([one, other]).buffer))

const digits = 16
export const inHex = (value: number): string => value.toString(16).padStart(digits, '0')

/** What a room says when it lets nobody in: its code, little-endian, and its words. */
export function roomErrorOf(data: Buffer): string {
  const isWide = data[1] === 0xcd && data.length > 4
  const code = isWide ? data.readUInt16LE(2) : (data[1] ?? 0)
  const words = data.subarray(isWide ? 5 : 3).toString('latin1')
  return `room error ${code} ${words.replaceAll(/[^ -~]/g, '?')}`.slice(0, 45).trim()
}
