/** Letters and digits of a few strokes, for a clock in the picture. */
import { type Stencil, stencil } from './canvas.ts'

/** Strokes on a field of 4 by 6, as "x,y x,y …", several by "/". */
const strokes: Readonly<Record<string, string>> = {
  '0': '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0',
  '1': '1,1 2,0 2,6/1,6 3,6',
  '2': '0,1 1,0 3,0 4,1 4,2 0,6 4,6',
  '3': '0,1 1,0 3,0 4,1 4,2 3,3 4,4 4,5 3,6 1,6 0,5/1.5,3 3,3',
  '4': '3,6 3,0 0,4 4,4',
  '5': '4,0 0,0 0,2.5 3,2.5 4,3.5 4,5 3,6 0,6',
  '6': '4,0.5 3,0 1,0 0,1 0,5 1,6 3,6 4,5 4,4 3,3 0,3',
  '7': '0,0 4,0 1.5,6',
  '8': '1,3 0,2 0,1 1,0 3,0 4,1 4,2 3,3 1,3 0,4 0,5 1,6 3,6 4,5 4,4 3,3',
  '9': '4,3 1,3 0,2 0,1 1,0 3,0 4,1 4,5 3,6 1,6 0,5.5',
  ':': '2,2 2,2.2/2,4.4 2,4.6',
  D: '0,0 0,6 2.5,6 4,4.5 4,1.5 2.5,0 0,0',
  E: '4,0 0,0 0,6 4,6/0,3 3,3',
  M: '0,6 0,0 2,3 4,0 4,6',
  O: '1,0 3,0 4,1 4,5 3,6 1,6 0,5 0,1 1,0',
}

/** A place for one letter, with every letter that may stand there. */
export type Place = ReadonlyMap<string, Stencil>

/**
 * Places for so many letters from an upper left corner. `unit` is a fourth of a letter's width in
 * pixels; it is six of them high.
 */
export function placesFor(count: number, unit: number, at: { x: number; y: number }): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const left = Math.round(at.x + index * widthOf(1, unit))
    const box = { x: left, y: at.y, width: Math.ceil(6 * unit), height: Math.ceil(8 * unit) }
    return new Map(
      Object.entries(strokes).map(([letter, text]) => {
        const lines = linesOf(text)
        const cover = (x: number, y: number) => {
          const [own, down] = [(x + 0.5 - left) / unit - 1, (y + 0.5 - at.y) / unit - 1]
          const away = Math.min(...lines.map((line) => distance(line, own, down)))
          return Math.min(1, (0.42 - away) * unit + 0.5)
        }
        return [letter, stencil(box, cover)]
      }),
    )
  })
}

/** In pixels. */
export const widthOf = (letters: number, unit: number): number => letters * 6.6 * unit

const linesOf = (text: string): Point[][] =>
  text.split('/').map((line) =>
    line.split(' ').map((point) => {
      const [x = 0, y = 0] = point.split(',').map(Number)
      return [x, y] as const
    }),
  )

type Point = readonly [x: number, y: number]

/** From a point to the nearest one of a line of several parts. */
function distance(line: readonly Point[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY
  for (const [index, [toX, toY]] of line.entries()) {
    const [fromX, fromY] = line[Math.max(0, index - 1)] ?? [toX, toY]
    const [dx, dy] = [toX - fromX, toY - fromY]
    const length = dx * dx + dy * dy
    const along = length === 0 ? 0 : ((x - fromX) * dx + (y - fromY) * dy) / length
    const share = Math.min(1, Math.max(0, along))
    nearest = Math.min(nearest, Math.hypot(x - fromX - share * dx, y - fromY - share * dy))
  }
  return nearest
}
