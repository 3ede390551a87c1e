/**
 * Where speakers sit: rows that curve towards the audience, the host in the middle of the farthest.
 * Pure geometry; a crowd of speakers gets smaller circles before anybody has to scroll.
 */
export interface SeatArcAsk {
  count: number
  /** Pixels there are. */
  width: number
  height: number
}

export interface SeatPlace {
  /** Middle of the seat. */
  x: number
  top: number
}

export interface SeatArc {
  /** Diameter of a circle. */
  size: number
  /** Width and height of a seat with its name, `gap` included. */
  seatWidth: number
  seatHeight: number
  /** Of all rows together; more than was asked for when even the smallest circles do not fit. */
  height: number
  /** In the order of the seats. */
  places: SeatPlace[]
}

export const seatSizes = [136, 116, 100, 88, 76, 64, 56] as const
/** What stands under a circle: a name, a line about it, and air. */
const wordsHeight = 64
const seatWidthMin = 92
const curveMax = 120
/** Few people sit apart, not at the ends of the hall. */
const apartMax = 1.3

export function seatArc(ask: SeatArcAsk): SeatArc {
  let laid = layOut(seatSizes[0], ask)
  for (const size of seatSizes) {
    if (laid.needs > ask.height) laid = layOut(size, ask)
  }
  const { needs, places, ...seats } = laid
  const top = Math.max(0, (ask.height - needs) / 2)
  return {
    ...seats,
    height: Math.max(ask.height, needs),
    places: places.map((place) => ({ ...place, top: place.top + top })),
  }
}

function layOut(size: number, { count, width, height }: SeatArcAsk) {
  const seatWidth = Math.max(size + 20, seatWidthMin)
  const seatHeight = size + wordsHeight
  const columns = Math.max(1, Math.floor(width / seatWidth))
  const curve = count > 2 ? Math.min(curveMax, width * 0.12, height * 0.24) : 0
  const downAt = (x: number) => curve * ((x - width / 2) / (width / 2)) ** 2
  const places: SeatPlace[] = []
  let before: readonly SeatPlace[] = []
  for (const people of spread(count, Math.ceil(count / columns))) {
    const step = Math.min(seatWidth * apartMax, width / people)
    const xs = middleFirst(people).map((slot) => width / 2 + (slot - (people - 1) / 2) * step)
    // As far down as whoever sits in the row before needs.
    const row = Math.max(
      0,
      ...xs.flatMap((x) =>
        before
          .filter((other) => Math.abs(other.x - x) < seatWidth)
          .map((other) => other.top + seatHeight - downAt(x)),
      ),
    )
    before = xs.map((x) => ({ x, top: row + downAt(x) }))
    places.push(...before)
  }
  const needs = Math.max(0, ...places.map(({ top }) => top + seatHeight))
  return { size, seatWidth, seatHeight, needs, places }
}

/** How many sit in each row: as even as can be, the nearer rows the fuller. */
function spread(count: number, rows: number): number[] {
  const each = Math.floor(count / Math.max(1, rows))
  return Array.from({ length: rows }, (_, row) => each + (row >= rows - (count % rows) ? 1 : 0))
}

/** Places of a row from the middle outwards, left before right. */
function middleFirst(people: number): number[] {
  const middle = (people - 1) / 2
  return Array.from({ length: people }, (_, slot) => slot).sort(
    (one, other) => Math.abs(one - middle) - Math.abs(other - middle) || one - other,
  )
}
