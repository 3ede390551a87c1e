/**
 * A picture as video encoders take it (I420: brightness, and two colours of half its size), painted
 * cheaply: lights on a coarse grid that is spread smoothly over the pixels, then a few fine points.
 */

export const pictureSize = { width: 640, height: 360, framesPerSecond: 15 } as const

const { width, height } = pictureSize
const cell = 4
export const gridColumns = width / cell + 1
export const gridRows = height / cell + 1
const pixels = width * height

/** Brightness and two colours, as video has them: 16…235, and 128 for no colour. */
export type Colour = readonly [y: number, u: number, v: number]

/** `#RRGGBB` by BT.601. */
export function colourOf(hex: string): Colour {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [
    number,
    number,
    number,
  ]
  return [
    16 + 0.257 * r + 0.504 * g + 0.098 * b,
    128 - 0.148 * r - 0.291 * g + 0.439 * b,
    128 + 0.439 * r - 0.368 * g - 0.071 * b,
  ]
}

export class Canvas {
  /** The whole picture, one after the other: brightness, then both colours. */
  readonly data = new Uint8ClampedArray(pixels * 1.5)
  readonly #planes = [
    this.data.subarray(0, pixels),
    this.data.subarray(pixels, pixels * 1.25),
    this.data.subarray(pixels * 1.25),
  ] as const
  /** The light at each point of the grid, as `Colour`. */
  readonly light = [grid(), grid(), grid()] as const

  /** Every pixel becomes the light between the points of the grid around it. */
  spread(): void {
    spread(this.light[0], this.#planes[0], cell)
    spread(this.light[1], this.#planes[1], cell / 2)
    spread(this.light[2], this.#planes[2], cell / 2)
  }

  /** Adds to the brightness of one pixel; what lies outside is left out. */
  lighten(x: number, y: number, by: number): void {
    if (x < 0 || x >= width || y < 0 || y >= height) return
    const at = y * width + x
    const plane = this.#planes[0]
    plane[at] = (plane[at] ?? 0) + by
  }

  /** Takes the pixels of a stencil some way to a colour, `share` 0…1 of what they are covered. */
  tint({ y, chroma }: Stencil, [bright, u, v]: Colour, share: number): void {
    mix(this.#planes[0], y, bright, share)
    mix(this.#planes[1], chroma, u, share)
    mix(this.#planes[2], chroma, v, share)
  }
}

/** Pixels of a plane and how much of each is covered, 0…1. */
interface Covered {
  at: Uint32Array
  cover: Float32Array
}

/** A shape to tint, worked out once. */
export interface Stencil {
  y: Covered
  chroma: Covered
}

/** `coverOf` is asked for each pixel of a rectangle; what lies outside the picture is left out. */
export function stencil(
  from: { x: number; y: number; width: number; height: number },
  coverOf: (x: number, y: number) => number,
): Stencil {
  const y: [number, number][] = []
  const chroma: [number, number][] = []
  const [left, top] = [Math.max(0, from.x), Math.max(0, from.y)]
  const [right, bottom] = [
    Math.min(width, from.x + from.width),
    Math.min(height, from.y + from.height),
  ]
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < right; column += 1) {
      const cover = coverOf(column, row)
      if (cover <= 0) continue
      y.push([row * width + column, cover])
      if (row % 2 === 0 && column % 2 === 0) {
        chroma.push([(row / 2) * (width / 2) + column / 2, cover])
      }
    }
  }
  return { y: covered(y), chroma: covered(chroma) }
}

const covered = (pixelsOf: [number, number][]): Covered => ({
  at: Uint32Array.from(pixelsOf, ([at]) => at),
  cover: Float32Array.from(pixelsOf, ([, cover]) => cover),
})

const grid = () => new Float32Array(gridColumns * gridRows)

function mix(plane: Uint8ClampedArray, { at, cover }: Covered, to: number, share: number): void {
  for (let index = 0; index < at.length; index += 1) {
    const pixel = at[index] ?? 0
    const from = plane[pixel] ?? 0
    plane[pixel] = from + (to - from) * share * (cover[index] ?? 0)
  }
}

/** Four rows and columns of small differences, so that soft light has no visible edges. */
const dither = Float32Array.from([0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5], (step) => {
  return step / 16 - 0.5
})

function spread(points: Float32Array, plane: Uint8ClampedArray, step: number): void {
  const lines = (gridRows - 1) * step
  const line = new Float32Array(gridColumns)
  let to = 0
  for (let y = 0; y < lines; y += 1) {
    const above = Math.floor(y / step) * gridColumns
    const share = (y % step) / step
    for (let column = 0; column < gridColumns; column += 1) {
      const upper = points[above + column] ?? 0
      line[column] = upper + ((points[above + gridColumns + column] ?? 0) - upper) * share
    }
    const row = (y % 4) * 4
    let left = line[0] ?? 0
    for (let column = 1; column < gridColumns; column += 1) {
      const right = line[column] ?? 0
      const slope = (right - left) / step
      for (let part = 0; part < step; part += 1) {
        plane[to] = left + slope * part + (dither[row + (to & 3)] ?? 0)
        to += 1
      }
      left = right
    }
  }
}
