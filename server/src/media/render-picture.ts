/** Decodes a picture within bounds and makes the sizes of a recipe of it, in its own process. */
import sharp from 'sharp'
import {
  mediaLimits,
  type PictureRefusal,
  type RecipeName,
  recipes,
  type Rendering,
} from './protocol.ts'
import { sniff } from './sniff.ts'

sharp.cache(false)
sharp.concurrency(1)

export interface Job {
  recipe: RecipeName
  /** A picture of somebody's. */
  bytes: Uint8Array
}

/** A drawing of our own, as SVG. Nobody else's ever gets here. */
export interface Drawing {
  recipe: RecipeName
  drawing: string
}
export type Outcome = Rendering | { refused: PictureRefusal }

export async function renderPicture({ recipe, bytes }: Job): Promise<Outcome> {
  const format = sniff(bytes)
  if (format === undefined) return { refused: 'not_a_picture' }
  const facts = await sharp(bytes, { limitInputPixels: false, animated: true })
    .metadata()
    .catch(() => null)
  if (facts?.format !== format) return { refused: 'broken_picture' }
  const { width, pageHeight = facts.height, pages = 1 } = facts
  const wanted = recipes[recipe].isAnimated ? pages : 1
  if (width > mediaLimits.sideMax || pageHeight > mediaLimits.sideMax) {
    return { refused: 'picture_too_big' }
  }
  if (wanted > mediaLimits.framesMax) return { refused: 'too_many_frames' }
  if (width * pageHeight * wanted > mediaLimits.pixelsMax) return { refused: 'picture_too_big' }
  try {
    const files: Rendering['files'] = []
    for (const size of recipes[recipe].sizes) {
      files.push({ width: size.width, bytes: await resized({ recipe, bytes }, wanted, size) })
    }
    return { isAnimated: wanted > 1, files }
  } catch {
    // Whatever a decoder complains about, the picture is at fault: it reads nothing else.
    return { refused: 'broken_picture' }
  }
}

export async function renderDrawing({ recipe, drawing }: Drawing): Promise<Rendering> {
  const files: Rendering['files'] = []
  for (const size of recipes[recipe].sizes) {
    const image = sharp(Buffer.from(drawing), { density: 288 }).resize(size)
    files.push({ width: size.width, bytes: await image.webp({ quality: 90 }).toBuffer() })
  }
  return { isAnimated: false, files }
}

async function resized(
  { recipe, bytes }: Job,
  pages: number,
  size: { width: number; height: number },
): Promise<Uint8Array> {
  const { fit, quality } = recipes[recipe]
  const image = sharp(bytes, {
    limitInputPixels: mediaLimits.pixelsMax,
    failOn: 'error',
    sequentialRead: true,
    pages,
  })
  // Cameras write how they were held beside the picture, and what is beside it is dropped.
  const upright = pages === 1 ? image.autoOrient() : image
  const made = upright
    .resize({ ...size, fit, background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .timeout({ seconds: Math.ceil(mediaLimits.decodeMs / 1_000) })
    .webp({ quality, effort: pages === 1 ? 4 : 2, smartSubsample: true })
  return await made.toBuffer()
}
