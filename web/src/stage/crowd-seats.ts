/**
 * Where the crowd sits: tiers of arcs around the stage, seen from the back row. Pure geometry, so
 * the drawing only has to colour it in.
 */
export interface Seat {
  x: number
  y: number
  /** Radius of the head in px; nearer rows are larger. */
  size: number
  row: number
}

const rows = 6
const seatsMax = 420

export function seatsFor(width: number, height: number): Seat[] {
  const seats: Seat[] = []
  const centreX = width / 2
  const centreY = height * 0.6
  for (let row = 0; row < rows; row++) {
    const near = row / (rows - 1)
    const size = Math.max(1.8, Math.min(width, 1_200) * (0.0026 + 0.0046 * near))
    const radiusX = width * (0.34 + 0.15 * row)
    const radiusY = height * (0.13 + 0.062 * row)
    const arc = Math.PI * (radiusX + radiusY) * 0.5
    const count = Math.floor(arc / (size * 4.6))
    for (let at = 0; at < count; at++) {
      const angle = (Math.PI * (at + (row % 2 ? 0.5 : 0.25))) / count
      const x = centreX + Math.cos(angle) * radiusX
      const y = centreY + Math.sin(angle) * radiusY
      if (x > -size && x < width + size && y < height + size) seats.push({ x, y, size, row })
    }
  }
  return thinned(seats)
}

function thinned(seats: Seat[]): Seat[] {
  if (seats.length <= seatsMax) return seats
  const every = seats.length / seatsMax
  return Array.from({ length: seatsMax }, (_, i) => seats[Math.floor(i * every)] as Seat)
}

/** The order in which seats fill: the same for everybody, front rows a little sooner. */
export function fillOrder(seats: readonly Seat[]): number[] {
  const weight = (index: number) => {
    const scattered = (Math.imul(index + 1, 0x9e3779b1) >>> 0) / 2 ** 32
    return scattered + (seats[index]?.row ?? 0) * 0.08
  }
  return seats.map((_, index) => index).sort((a, b) => weight(a) - weight(b))
}

/** One seat a viewer while they fit; beyond that the house fills more slowly, never quite full. */
export function seatsTaken(viewers: number, seats: number): number {
  const exact = Math.min(viewers, Math.floor(seats * 0.35))
  const rest = viewers - exact
  return Math.min(seats, exact + Math.round((seats - exact) * (1 - Math.exp(-rest / 1_500))))
}
