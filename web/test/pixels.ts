/** What a canvas of the page shows at this moment, read in the frame in which it was drawn. */
import type { Locator } from 'playwright-core'

/** How many of its pixels are not clear; 0 when there is no canvas. */
export async function paintedPixels(canvas: Locator): Promise<number> {
  if ((await canvas.count()) === 0) return 0
  return canvas.first().evaluate(async (element) => {
    const from = element as HTMLCanvasElement
    const copy = new OffscreenCanvas(160, 120)
    const pen = copy.getContext('2d')
    if (!pen) throw new Error('This browser has no 2D canvas.')
    // Called after whoever draws in this frame: what was drawn is still there.
    await new Promise<void>((drawn) => {
      requestAnimationFrame(() => {
        pen.drawImage(from, 0, 0, copy.width, copy.height)
        drawn()
      })
    })
    const { data } = pen.getImageData(0, 0, copy.width, copy.height)
    let painted = 0
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 8) painted += 1
    return painted
  })
}

/**
 * Looks at a canvas from now on, as often as it is drawn, for as long as it is there. The answer
 * tells how many different pictures it has shown by then.
 */
export async function watchPictures(canvas: Locator): Promise<() => Promise<number>> {
  const seen = await canvas.first().evaluateHandle((element) => {
    const from = element as HTMLCanvasElement
    const pictures = new Set<string>()
    const copy = document.createElement('canvas')
    Object.assign(copy, { width: 160, height: 20 })
    const pen = copy.getContext('2d')
    if (!pen) throw new Error('This browser has no 2D canvas.')
    const look = () => {
      if (!from.isConnected) return
      pen.clearRect(0, 0, copy.width, copy.height)
      pen.drawImage(from, 0, 0, copy.width, copy.height)
      pictures.add(copy.toDataURL())
      next()
    }
    // Asked for after whoever draws has asked for their frame: what they drew is still there.
    const next = () => setTimeout(() => requestAnimationFrame(look))
    next()
    return pictures
  })
  return () => seen.evaluate((pictures) => pictures.size)
}
