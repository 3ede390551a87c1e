/** Pictures for tests, good ones and those that are meant to do harm; all of them real bytes. */
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Found in nothing that is served. */
export const token = 'ODEON-TAINT-5f3a'
export const script = `<script>alert('${token}')</script>`

const coloured = (width: number, height: number, hue = 200) =>
  sharp({
    create: { width, height, channels: 4, background: { r: hue, g: 90, b: 40, alpha: 0.8 } },
  })

export const png = (width = 300, height = 200, hue?: number) =>
  coloured(width, height, hue).png().toBuffer()
export const jpeg = (width = 300, height = 200) => coloured(width, height).jpeg().toBuffer()
export const webp = (width = 300, height = 200) => coloured(width, height).webp().toBuffer()

/** 800 × 400, reddish on the left and bluish on the right, and too uneven to be small. */
export function halves(): Promise<Buffer> {
  const [width, height] = [800, 400]
  const raw = Buffer.alloc(width * height * 3)
  for (let at = 0; at < raw.length; at += 3) {
    const isLeft = (at / 3) % width < width / 2
    const uneven = (at * 2_654_435_761) % 97
    raw[at] = isLeft ? 220 - (uneven % 30) : uneven
    raw[at + 1] = (at * 40_503) % 89
    raw[at + 2] = isLeft ? uneven : 220 - (uneven % 30)
  }
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}

/** Average of each channel, from 0 to 255. */
export async function averageOf(picture: ArrayBuffer): Promise<{ red: number; blue: number }> {
  const { channels } = await sharp(Buffer.from(picture)).stats()
  return { red: channels[0]?.mean ?? 0, blue: channels[2]?.mean ?? 0 }
}

/** Frames of changing colour, one below the other as libvips holds them. */
export async function animated(format: 'gif' | 'webp', frames: number, side = 32) {
  const frameBytes = side * side * 4
  const raw = Buffer.alloc(frameBytes * frames, 255)
  for (let at = 0; at < raw.length; at += 4) raw[at] = (Math.floor(at / frameBytes) * 37) % 256
  const image = sharp(raw, {
    raw: { width: side, height: side * frames, channels: 4, pageHeight: side },
  })
  const delay = Array.from({ length: frames }, () => 80)
  return format === 'gif'
    ? await image.gif({ delay, loop: 0 }).toBuffer()
    : await image.webp({ delay, loop: 0 }).toBuffer()
}

/** A camera's picture: lying on its side, with a place, a name and a comment. */
export const fromCamera = () =>
  coloured(400, 200)
    .withExif({
      IFD0: { Copyright: token, ImageDescription: script },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '27/1 42/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><t>${token}</t></x:xmpmeta>`)
    .jpeg()
    .toBuffer()

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
const crc = (bytes: Buffer) => {
  let c = 0xffffffff
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 255] as number) ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, check])
}

/** A valid PNG of one colour in few bytes, however large it says it is. */
export function pngOf(width: number, height: number, extra: Buffer[] = []): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const row = Math.ceil(width / 8) + 1
  const rows = Buffer.alloc(Math.min(row * height, 64_000_000))
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    ...extra,
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A chunk of text that unpacks to a hundred megabytes. */
export const textBomb = () =>
  chunk('zTXt', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(100_000_000))]))

/** A GIF's first screen says `side` × `side`; each frame is one pixel. */
export function gifOf(side: number, frames: number): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt16LE(side, 0)
  size.writeUInt16LE(side, 2)
  const frame = Buffer.from('21f904000a0000002c0000000001000100000202440100', 'hex')
  return Buffer.concat([
    Buffer.from('GIF89a'),
    size,
    Buffer.from('800000ffffff000000', 'hex'),
    ...Array.from({ length: frames }, () => frame),
    Buffer.from(';'),
  ])
}

export const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' +
    '<image href="file:///etc/passwd"/></svg>',
)
export const html = Buffer.from(`<!doctype html><title>${token}</title>${script}`)
export const zip = Buffer.from(`PK\u0003\u0004${token}`)
/** A comment in a GIF is where scripts hide: it is a picture and a program at once. */
export async function gifWithScript(): Promise<Buffer> {
  const gif = await animated('gif', 2)
  const text = Buffer.from(`*/=1;alert('${token}');/*`)
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, text.length]), text, Buffer.from([0])])
  // Comments may stand before the trailer.
  return Buffer.concat([gif.subarray(0, -1), comment, gif.subarray(-1)])
}
