/** How a value that goes up and down moves in the long run. */

/**
 * Slope of the line through points, y by x, that a few far ones do not move: the median of the
 * slopes between points half the run apart.
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const half = Math.floor(points.length / 2)
  const slopes = points.slice(0, points.length - half).map(([x, y], at) => {
    const [laterX, laterY] = points[at + half] as readonly [number, number]
    return (laterY - y) / (laterX - x)
  })
  const inOrder = slopes.toSorted((one, other) => one - other)
  return inOrder[Math.floor(inOrder.length / 2)] ?? Number.NaN
}
