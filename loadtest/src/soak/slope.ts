/** How a value that goes up and down moves in the long run. */

type Point = readonly [x: number, y: number]

/** Long enough that each has a garbage collection in it, when there are minutes of points. */
const windows = 7

/**
 * Slope of the ground of a saw, y by x: the median of the slopes between the lowest points of equal
 * parts (Theil–Sen). What stands between two collections is no part of it, however long they take
 * to come, as long as one falls into each part.
 */
export function slopeOf(points: readonly Point[]): number {
  const size = Math.max(1, Math.ceil(points.length / windows))
  const ground: Point[] = []
  for (let at = 0; at < points.length; at += size) {
    ground.push(points.slice(at, at + size).reduce((low, one) => (one[1] < low[1] ? one : low)))
  }
  const slopes = ground.flatMap(([x, y], at) =>
    ground.slice(at + 1).map(([laterX, laterY]) => (laterY - y) / (laterX - x)),
  )
  const inOrder = slopes.toSorted((one, other) => one - other)
  return inOrder[Math.floor(inOrder.length / 2)] ?? Number.NaN
}
