/** Pictures: what may be uploaded, what becomes of it, where it is served. */
import { z } from 'zod'

export const mediaLimits = {
  /** Pixels of all frames together that are decoded. */
  pixelsMax: 40_000_000,
  sideMax: 8_192,
  framesMax: 120,
  /** Waiting to be decoded; one is decoded at a time. */
  waitingMax: 16,
  decodeMs: 15_000,
  /** Memory of the process that decodes. */
  decoderBytesMax: 700 * 1024 * 1024,
  /** An idle decoder ends after this. */
  decoderIdleMs: 30_000,
  /** A picture that nobody refers to is kept this long at least: it may be on its way. */
  graceMs: 10 * 60_000,
  sweepEveryMs: 10 * 60_000,
  /** Pictures that one sweep takes away. */
  sweptMax: 200,
} as const

interface Recipe {
  bytesMax: number
  /** Width and height of what is made of it, the largest last. */
  sizes: readonly { width: number; height: number }[]
  isAnimated: boolean
  /** `cover` fills the frame and cuts, `contain` keeps all of it on nothing. */
  fit: 'cover' | 'contain'
  quality: number
}

const square = (side: number) => ({ width: side, height: side })
const megabyte = 1024 * 1024

export const recipes = {
  avatar: {
    bytesMax: 10 * megabyte,
    sizes: [square(64), square(128), square(256)],
    isAnimated: false,
    fit: 'cover',
    quality: 82,
  },
  banner: {
    bytesMax: 10 * megabyte,
    sizes: [{ width: 1500, height: 500 }],
    isAnimated: false,
    fit: 'cover',
    quality: 80,
  },
  emote: {
    bytesMax: 2 * megabyte,
    sizes: [square(28), square(56), square(112)],
    isAnimated: true,
    fit: 'contain',
    quality: 85,
  },
} as const satisfies Record<string, Recipe>
export type RecipeName = keyof typeof recipes

/** Types that may be said of an upload; what counts is what the bytes say. */
export const uploadTypes = [
  'image/png',
  'image/webp',
  'image/gif',
  'image/jpeg',
  'application/octet-stream',
] as const

/** What a recipe makes of a picture. */
export interface Rendering {
  isAnimated: boolean
  /** One for each size of the recipe: WebP, nothing in it but the picture. */
  files: { width: number; bytes: Uint8Array }[]
}

export const pictureRefusals = {
  not_a_picture: { status: 415, text: 'Use a PNG, WebP, GIF or JPEG picture.' },
  broken_picture: { status: 422, text: 'This picture is damaged and cannot be read.' },
  picture_too_big: { status: 422, text: 'This picture has too many pixels. Make it smaller.' },
  too_many_frames: {
    status: 422,
    text: `An animation has at most ${mediaLimits.framesMax} frames. Make it shorter.`,
  },
} as const
export type PictureRefusal = keyof typeof pictureRefusals

/** `<id>-<width>.webp`: the id is made from what the picture holds, so it never changes. */
export const pictureName = z.string().regex(/^[0-9a-f]{32}-\d{2,4}\.webp$/)

/** Where the largest form of a picture is; smaller widths are under the same id. */
export function pictureUrl(recipe: RecipeName, id: string | null | undefined): string | null {
  return id == null ? null : `/v1/media/${id}-${recipes[recipe].sizes.at(-1)?.width}.webp`
}
