/** Cuts the chosen part out of a picture, at most twice as large as it will ever be shown. */
import type { Part } from './crop.ts'

const qualityOfWebp = 0.95

/** `widthMax` bounds the width of the result. Rejects when the browser cannot make a picture. */
export async function cutPicture(
  picture: HTMLImageElement,
  part: Part,
  widthMax: number,
): Promise<Blob> {
  const width = Math.max(1, Math.round(Math.min(part.width, widthMax)))
  const height = Math.max(1, Math.round((width * part.height) / part.width))
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const { left, top } = part
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('there is nothing to draw with')
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(picture, left, top, part.width, part.height, 0, 0, width, height)
  // Browsers that write no WebP make a PNG of it.
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/webp', qualityOfWebp),
  )
  if (!blob) throw new Error('the picture could not be drawn')
  return blob
}
