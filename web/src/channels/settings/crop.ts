/** Which part of a picture is taken: a window of a fixed shape, moved and zoomed over it. */

export interface Size {
  width: number
  height: number
}

export interface Crop {
  /** Where the window is on its way across the picture, from 0 to 1; 0.5 is the middle. */
  x: number
  y: number
  /** 1 shows as much as fits. */
  zoom: number
}

export interface Part extends Size {
  left: number
  top: number
}

export const middle: Crop = { x: 0.5, y: 0.5, zoom: 1 }
export const zoomMax = 4

const within = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value))

/** The window in pixels of the picture; `aspect` is width by height. */
export function partOf({ width, height }: Size, aspect: number, { x, y, zoom }: Crop): Part {
  const fit = Math.min(width, height * aspect) / zoom
  const part = { width: fit, height: fit / aspect }
  return { ...part, left: (width - part.width) * x, top: (height - part.height) * y }
}

/** The picture follows the finger: `dx`, `dy` in parts of the window's width and height. */
export function moved(size: Size, aspect: number, crop: Crop, dx: number, dy: number): Crop {
  const part = partOf(size, aspect, crop)
  const freeX = size.width - part.width
  const freeY = size.height - part.height
  return {
    ...crop,
    x: freeX > 0 ? within(crop.x - (dx * part.width) / freeX, 0, 1) : crop.x,
    y: freeY > 0 ? within(crop.y - (dy * part.height) / freeY, 0, 1) : crop.y,
  }
}

/** What is in the middle of the window stays there, as far as the picture goes. */
export function zoomed(size: Size, aspect: number, crop: Crop, zoom: number): Crop {
  const before = partOf(size, aspect, crop)
  const next = { ...crop, zoom: within(zoom, 1, zoomMax) }
  const after = partOf(size, aspect, next)
  const at = (from: number, length: number, now: number, whole: number, known: number) => {
    const free = whole - now
    return free > 0 ? within((from + (length - now) / 2) / free, 0, 1) : known
  }
  return {
    ...next,
    x: at(before.left, before.width, after.width, size.width, crop.x),
    y: at(before.top, before.height, after.height, size.height, crop.y),
  }
}

export const isMiddle = ({ x, y, zoom }: Crop) => x === 0.5 && y === 0.5 && zoom === 1
