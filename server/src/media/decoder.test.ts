/** What becomes of a picture, good or bad, in the process that decodes it. */
import { readdirSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, expect, test } from 'vitest'
import { Refused } from '../platform/http/refusal.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { decoder } from './decoder.ts'
import { mediaLimits, type RecipeName, recipes, type Rendering } from './protocol.ts'
import * as pictures from './testing/pictures.ts'

const own = decoder({ log: quietLog })
afterAll(() => own.close())

const render = (bytes: Uint8Array, recipe: RecipeName = 'avatar') => own.render({ recipe, bytes })
async function rendered(bytes: Uint8Array, recipe?: RecipeName): Promise<Rendering> {
  const outcome = await render(bytes, recipe)
  if (outcome instanceof Refused) throw new Error(`refused: ${outcome.code}`)
  return outcome
}
const refusal = async (bytes: Uint8Array, recipe?: RecipeName) => {
  const outcome = await render(bytes, recipe)
  return outcome instanceof Refused ? outcome.code : 'taken'
}
const holds = (file: { bytes: Uint8Array }, text: string) => Buffer.from(file.bytes).includes(text)

test.each([
  ['PNG', pictures.png],
  ['JPEG', pictures.jpeg],
  ['WebP', pictures.webp],
  ['GIF', () => pictures.animated('gif', 1)],
])('[IMG-01] a %s becomes WebP in every size of its use', async (_name, make) => {
  for (const [name, { sizes }] of Object.entries(recipes)) {
    const { files } = await rendered(await make(), name as RecipeName)
    expect(files.map(({ width }) => width)).toEqual(sizes.map(({ width }) => width))
    for (const [n, { bytes }] of files.entries()) {
      const { format, width, height } = await sharp(bytes).metadata()
      expect({ format, width, height }).toEqual({ format: 'webp', ...sizes[n] })
    }
  }
})

test('[IMG-02] a camera’s picture is upright, without place, name or comment', async () => {
  const { files } = await rendered(await pictures.fromCamera(), 'emote')
  const largest = files.at(-1) as { bytes: Uint8Array }
  const facts = await sharp(largest.bytes).metadata()
  for (const part of ['exif', 'xmp', 'iptc', 'icc', 'orientation'] as const) {
    expect(facts[part], part).toBeUndefined()
  }
  expect(files.some((file) => holds(file, pictures.token))).toBe(false)
  // It lay on its side: upright it is twice as high as wide, with nothing left and right.
  const { data, info } = await sharp(largest.bytes)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const alphaAt = (x: number, y: number) => data[(y * info.width + x) * 4 + 3]
  expect(alphaAt(4, 56)).toBe(0)
  expect(alphaAt(56, 4)).toBeGreaterThan(0)
})

test.each([
  ['a GIF with a program in a comment', pictures.gifWithScript],
  ['a PNG with a page behind it', async () => Buffer.concat([await pictures.png(), pictures.html])],
  [
    'a JPEG with an archive behind it',
    async () => Buffer.concat([await pictures.jpeg(), pictures.zip]),
  ],
  [
    'a WebP with a script behind it',
    async () => Buffer.concat([await pictures.webp(), Buffer.from(pictures.script)]),
  ],
])('[IMG-02] of %s nothing but the picture is left', async (_name, make) => {
  const bytes = await make()
  expect(bytes.includes(pictures.token)).toBe(true)
  const { files } = await rendered(bytes, 'emote')
  expect(files.some((file) => holds(file, pictures.token))).toBe(false)
  expect(files.some((file) => holds(file, 'script'))).toBe(false)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a drawing that could run scripts', pictures.svg],
  ['a drawing behind a blank', Buffer.concat([Buffer.from(' \n'), pictures.svg])],
  ['a page', pictures.html],
  ['an archive', pictures.zip],
  ['a PDF', Buffer.from('%PDF-1.7\n')],
  ['a TIFF', Buffer.from('49492a0008000000', 'hex')],
  ['a camera’s HEIC', Buffer.from('0000001866747970686569630000000068656963', 'hex')],
  ['a BMP', Buffer.from('BM'.padEnd(60, '\0'))],
  ['a program for ImageMagick', Buffer.from('push graphic-context\nfill url(https://x)\n')],
  ['a list for libvips', Buffer.from('#!vips\n/etc/passwd')],
  ['text', Buffer.from('GIF is what I am')],
])('[IMG-03] %s is no picture', async (_name, bytes) => {
  expect(await refusal(bytes)).toBe('not_a_picture')
})

test.each([
  ['a page that begins like a GIF', () => Buffer.concat([Buffer.from('GIF89a'), pictures.html])],
  [
    'a page that begins like a PNG',
    async () => Buffer.concat([(await pictures.png()).subarray(0, 8), pictures.html]),
  ],
  ['sound in the coat of a WebP', () => Buffer.from('RIFF\x24\0\0\0WEBPfmt \x10\0\0\0'.padEnd(90))],
  [
    'a drawing in the coat of a JPEG',
    () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), pictures.svg]),
  ],
  [
    'half a PNG',
    async () => {
      const noise = Buffer.from(Array.from({ length: 90_000 }, (_, n) => (n * 7919) % 251))
      const raw = { width: 150, height: 200, channels: 3 } as const
      const whole = await sharp(noise, { raw }).png().toBuffer()
      return whole.subarray(0, whole.length / 2)
    },
  ],
  ['half a WebP', async () => (await pictures.webp(900, 900)).subarray(0, 60)],
  ['half a JPEG', async () => (await pictures.jpeg(900, 900)).subarray(0, 700)],
  ['the head of a GIF', async () => (await pictures.animated('gif', 4)).subarray(0, 30)],
  [
    'a PNG whose content is damaged',
    async () => {
      const bytes = Buffer.from(await pictures.png())
      return bytes.fill(0xff, 60, 90)
    },
  ],
])('[IMG-03] %s is damaged', async (_name, make) => {
  expect(await refusal(await make(), 'emote')).toBe('broken_picture')
})

test.each([
  ['a PNG of 30,000 × 30,000 in a few bytes', () => pictures.pngOf(30_000, 2_000)],
  ['a PNG that says it is two billion pixels wide', () => pictures.pngOf(2_000_000_000, 1)],
  ['a PNG of 64 million pixels', () => pictures.pngOf(8_000, 8_000)],
  ['a GIF of 100 frames on a large screen', () => pictures.gifOf(2_000, 100)],
])('[IMG-04] %s is too big', async (_name, make) => {
  const bytes = make()
  expect(bytes.length).toBeLessThan(200_000)
  expect(['picture_too_big', 'broken_picture']).toContain(await refusal(bytes, 'emote'))
})

test('[IMG-04] an animation has a bounded number of frames', async () => {
  const many = await pictures.animated('gif', mediaLimits.framesMax + 1, 8)
  expect(await refusal(many, 'emote')).toBe('too_many_frames')
  expect(await refusal(pictures.gifOf(64, 50_000), 'emote')).toBe('too_many_frames')
  const full = await pictures.animated('gif', mediaLimits.framesMax, 8)
  expect((await rendered(full, 'emote')).isAnimated).toBe(true)
})

test('[IMG-04] a GIF whose screen is 60,000 × 60,000 is as large as its frames', async () => {
  expect((await rendered(pictures.gifOf(60_000, 1), 'emote')).files).toHaveLength(3)
})

test('[IMG-04] text that unpacks to much fills no memory', async () => {
  const before = process.memoryUsage().rss
  const bomb = pictures.pngOf(64, 64, [pictures.textBomb()])
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => refusal(bomb)))
  expect(outcomes.every((code) => code === 'taken' || code === 'broken_picture')).toBe(true)
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
})

test('[IMG-05] a decoder that dies takes one picture with it and the next one begins anew', async () => {
  const good = await pictures.png()
  await rendered(good)
  const large = await pictures.jpeg(6_000, 6_000)
  const dying = refusal(large, 'banner')
  const next = render(good)
  const pid = await decoderPid()
  process.kill(pid, 'SIGKILL')
  expect(await dying).toBe('broken_picture')
  expect(await next).not.toBeInstanceOf(Refused)
  expect(await decoderPid()).not.toBe(pid)
})

test('[IMG-05] a bounded number waits; the rest are told to come back', async () => {
  const good = await pictures.png(2_000, 2_000)
  const outcomes = await Promise.all(
    Array.from({ length: mediaLimits.waitingMax + 5 }, () => refusal(good)),
  )
  expect(outcomes.filter((code) => code === 'busy')).toHaveLength(5)
  expect(outcomes.filter((code) => code === 'taken')).toHaveLength(mediaLimits.waitingMax)
})

test.each(['gif', 'webp'] as const)('[IMG-06] a moving %s moves where it may', async (format) => {
  const bytes = await pictures.animated(format, 5)
  const emote = await rendered(bytes, 'emote')
  expect(emote.isAnimated).toBe(true)
  for (const { bytes: file, width } of emote.files) {
    const facts = await sharp(file, { animated: true }).metadata()
    expect([facts.pages, facts.width, facts.pageHeight]).toEqual([5, width, width])
    expect(facts.delay).toEqual([80, 80, 80, 80, 80])
  }
  const avatar = await rendered(bytes, 'avatar')
  expect(avatar.isAnimated).toBe(false)
  expect((await sharp(avatar.files[0]?.bytes, { animated: true }).metadata()).pages ?? 1).toBe(1)
})

/** The process of this test's decoder: a child of ours that runs its program. */
async function decoderPid(): Promise<number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const child = pids.find((pid) => {
    try {
      const parent = /\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return Number(parent) === process.pid && line.includes('decoder-process')
    } catch (error) {
      // It ended while we looked.
      if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
      throw error
    }
  })
  if (child === undefined) throw new Error('no decoder runs')
  return Number(child)
}
