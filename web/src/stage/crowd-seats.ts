/**
 * Where the crowd sits: curved rows seen from the back of the house, far ones small, near ones
 * large. Pure geometry, so that the drawing only has to colour it in.
 */
export interface Seat {
  x: number
  y: number
  /** Radius of a head in px. */
  size: number
  row: number
}

const rowsMax = 5
const seatsMax = 420

/** Front row first, so that drawing in this order puts near rows in front of far ones. */
export function seatsFor(width: number, height: number): Seat[] {
  const seats: Seat[] = []
  const scale = Math.max(4.2, Math.min(width / 100, height / 66, 11))
  for (let row = 0; row < rowsMax; row++) {
    const near = row / (rowsMax - 1)
    const size = scale * (0.52 + 0.62 * near ** 1.2)
    const spacing = size * 3.3
    const base = height * (0.775 + 0.2 * near ** 0.9)
    // Each row is staggered against the one before, as in any good house.
    const first = width / 2 - Math.ceil(width / 2 / spacing) * spacing + (row % 2) * spacing * 0.5
    for (let x = first; x < width + spacing; x += spacing) {
      const off = (x - width / 2) / (width / 2)
      seats.push({ x, y: base - off * off * height * 0.055, size, row })
    }
  }
  return thinned(seats)
}

function thinned(seats: Seat[]): Seat[] {
  if (seats.length <= seatsMax) return seats
  const every = seats.length / seatsMax
  return Array.from({ length: seatsMax }, (_, i) => seats[Math.floor(i * every)] as Seat)
}

/** The order in which seats fill: scattered, the same for everybody, the middle a little sooner. */
export function fillOrder(seats: readonly Seat[]): number[] {
  const middle = seats.reduce((sum, seat) => sum + seat.x, 0) / Math.max(1, seats.length)
  const weight = (index: number) => {
    const scattered = (Math.imul(index + 1, 0x9e3779b1) >>> 0) / 2 ** 32
    return scattered + Math.abs((seats[index]?.x ?? middle) - middle) / Math.max(1, middle * 1.6)
  }
  return seats.map((_, index) => index).sort((a, b) => weight(a) - weight(b))
}

/** One seat a viewer while they fit; beyond that the house fills more slowly, never quite full. */
export function seatsTaken(viewers: number, seats: number): number {
  const exact = Math.min(viewers, Math.floor(seats * 0.45))
  const rest = viewers - exact
  return Math.min(seats, exact + Math.round((seats - exact) * (1 - Math.exp(-rest / 1_500))))
}
