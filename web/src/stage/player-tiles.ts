/** How faces share the stage: equal tiles, or a column or row of them beside a shared screen. */

export interface Box {
  width: number
  height: number
}

export interface Tiles extends Box {
  columns: number
}

export interface ScreenLayout extends Tiles {
  /** Faces are in a row below the screen: the stage is too narrow for a column beside it. */
  isBelow: boolean
}

export const tileGapPx = 6
/** Cameras are wide or nearly so: a tile between these two crops little. */
const widest = 16 / 9
const narrowest = 4 / 3
/** Two who share a wide stage have a half each. */
const narrowestHalf = 2 / 3
/** From here on a stage has place for a column beside a screen. */
const columnFrom = 1.3
const columnShareMax = 0.32
const columnTileShareMax = 0.22
const rowShareMax = 0.3

/** As large as `count` equal tiles can be in the box. */
export function tilesIn(box: Box, count: number): Tiles {
  const isWide = box.width > box.height
  return best(count, (columns) => {
    const isHalf = isWide && count === 2 && columns === 2
    return fitted(box, count, { columns, narrowest: isHalf ? narrowestHalf : narrowest })
  })
}

/** Tiles of 16:9 for faces beside a screen, which has the rest of the box. */
export function tilesBeside(box: Box, count: number): ScreenLayout {
  const isBelow = box.width < columnFrom * box.height
  const tiles = best(count, (columns) => {
    const of = { columns, narrowest: widest }
    if (isBelow) return fitted({ width: box.width, height: box.height * rowShareMax }, count, of)
    const tile = box.width * columnTileShareMax
    const width = Math.min(box.width * columnShareMax, columns * tile + gaps(columns))
    return fitted({ width, height: box.height }, count, of)
  })
  return { ...tiles, isBelow }
}

function best(count: number, tilesOf: (columns: number) => Tiles): Tiles {
  const ways = Array.from({ length: Math.max(1, count) }, (_, index) => tilesOf(index + 1))
  return ways.reduce((one, other) => (area(other) > area(one) ? other : one))
}

function fitted(
  { width, height }: Box,
  count: number,
  { columns, narrowest: least }: { columns: number; narrowest: number },
): Tiles {
  const rows = Math.ceil(count / columns)
  const cellWidth = Math.max(0, width - gaps(columns)) / columns
  const cellHeight = Math.max(0, height - gaps(rows)) / rows
  const tileWidth = Math.floor(Math.min(cellWidth, cellHeight * widest))
  return {
    columns,
    width: tileWidth,
    height: Math.floor(Math.min(cellHeight, tileWidth / least)),
  }
}

function gaps(tiles: number): number {
  return tileGapPx * (tiles - 1)
}

function area({ width, height }: Box): number {
  return width * height
}
