import { expect, test } from 'vitest'
import { tileGapPx, tilesBeside, tilesIn } from './player-tiles.ts'

const wide = { width: 1052, height: 664 }
const tall = { width: 378, height: 300 }
const shapeOf = ({ width, height }: { width: number; height: number }) => width / height

test('[PLY-09] two on a wide stage have a half each', () => {
  const { columns, width, height } = tilesIn(wide, 2)
  expect([columns, width, height]).toEqual([2, 523, 664])
})

test('[PLY-09] more have equal tiles between 16:9 and 4:3 that fit the stage, wide or tall', () => {
  for (const box of [wide, tall, { width: 530, height: 600 }, { width: 1900, height: 900 }]) {
    for (let count = 3; count <= 13; count++) {
      const tiles = tilesIn(box, count)
      const rows = Math.ceil(count / tiles.columns)
      const why = `${count} in ${box.width} × ${box.height}`
      expect(shapeOf(tiles), why).toBeGreaterThan(1.25)
      expect(shapeOf(tiles), why).toBeLessThan(1.85)
      const width = tiles.columns * tiles.width + (tiles.columns - 1) * tileGapPx
      const height = rows * tiles.height + (rows - 1) * tileGapPx
      expect([width <= box.width, height <= box.height], why).toEqual([true, true])
    }
  }
  expect([tilesIn(tall, 3).columns, tilesIn(tall, 4).columns, tilesIn(wide, 9).columns]).toEqual([
    2, 2, 3,
  ])
})

test('[PLY-09] faces beside a screen are 16:9 and leave it two thirds of the stage', () => {
  for (const count of [1, 4, 7, 13]) {
    const { columns, isBelow, ...tile } = tilesBeside(wide, count)
    expect(isBelow).toBe(false)
    expect(Math.abs(shapeOf(tile) - 16 / 9)).toBeLessThan(0.06)
    expect(columns * (tile.width + tileGapPx)).toBeLessThan(wide.width / 3)
    const below = tilesBeside(tall, count)
    const rows = Math.ceil(count / below.columns)
    expect(below.isBelow).toBe(true)
    expect(rows * below.height).toBeLessThan(tall.height / 3)
  }
})

test('[PLY-09] a stage without any size has tiles without any', () => {
  expect(tilesIn({ width: 0, height: 0 }, 3)).toMatchObject({ width: 0, height: 0 })
})
