/** How people, seats, glows and sparks look, drawn on a canvas. Knows no time and keeps nothing. */
import type { Seat } from './crowd-seats.ts'

/** Far to near: less light on the rim, darker cloth. */
const rims = ['#9d83ad', '#84698f', '#6a5375', '#51405c', '#3d3047']
const bodies = ['#2c2034', '#241a2c', '#1d1524', '#17101d', '#110b16']
const backs = ['#2a1723', '#23131e', '#1c0f19', '#150b13', '#0e070d']

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

interface House {
  /** Far rows first. */
  seats: readonly Seat[]
  /** Indices of the seats somebody sits in. */
  taken: ReadonlySet<number>
  height: number
}

/** Everybody there, from behind; in each row the people first, then the backs they lean on. */
export function drawHouse(pen: Pen, { seats, taken, height }: House): void {
  let rowStart = 0
  while (rowStart < seats.length) {
    const row = seats[rowStart]?.row ?? 0
    let rowEnd = rowStart
    while (seats[rowEnd]?.row === row) rowEnd++
    for (let index = rowStart; index < rowEnd; index++) {
      if (taken.has(index)) drawPerson(pen, seats[index] as Seat, rims[row] ?? '#4b3b59')
    }
    for (let index = rowStart; index < rowEnd; index++) {
      drawSeatBack(pen, seats[index] as Seat, height)
    }
    rowStart = rowEnd
  }
}

/** Somebody's seat lit, `left` from 1 to 0: light around them and on the edge of their outline. */
export function drawGlow(pen: Pen, seat: Seat, glow: { colour: string; left: number }): void {
  const { x, y, size } = seat
  const left = Math.max(0, Math.min(1, glow.left))
  pen.globalAlpha = left * 0.28
  pen.fillStyle = glow.colour
  pen.beginPath()
  // Down to the back of the seat, which stands in front of it.
  pen.arc(x, y, size * 2.6, Math.PI * (5 / 6), Math.PI / 6)
  pen.fill()
  // The edge is what the outline covers and the same outline, lower, does not.
  const lower = loweringOf(seat)
  pen.globalAlpha = left
  pen.beginPath()
  pen.arc(x, y, size, Math.PI, Math.PI * 2)
  pen.arc(x, y + lower, size, Math.PI * 2, Math.PI, true)
  pen.fill()
}

/** A spark on its way from a seat to a point over the stage, `age` from 0 to 1. */
export function drawSpark(
  pen: Pen,
  from: Seat,
  to: { x: number; y: number },
  { colour, age }: { colour: string; age: number },
): void {
  const eased = 1 - (1 - age) ** 2
  const x = from.x + (to.x - from.x) * eased
  const y = from.y + (to.y - from.y) * eased - Math.sin(age * Math.PI) * 46
  pen.globalAlpha = Math.sin(age * Math.PI) * 0.9
  pen.fillStyle = colour
  pen.beginPath()
  pen.arc(x, y, 3.2 * (1 - age * 0.5), 0, Math.PI * 2)
  pen.fill()
}

/** A head and shoulders, the top edge catching the light of the stage. */
function drawPerson(pen: Pen, seat: Seat, rim: string): void {
  pen.fillStyle = rim
  outline(pen, seat, 0)
  pen.fillStyle = bodies[seat.row] ?? '#130d19'
  outline(pen, seat, loweringOf(seat))
}

function loweringOf({ size }: Seat): number {
  return Math.max(1.2, size * 0.2)
}

function outline(pen: Pen, { x, y, size }: Seat, lower: number): void {
  pen.beginPath()
  pen.arc(x, y + lower, size, 0, Math.PI * 2)
  pen.ellipse(x, y + size * 2.3 + lower, size * 1.75, size * 1.35, 0, 0, Math.PI * 2)
  pen.fill()
}

function drawSeatBack(pen: Pen, { x, y, size, row }: Seat, height: number): void {
  const half = size * 1.5
  const round = size * 0.8
  pen.fillStyle = backs[row] ?? '#0f0a14'
  pen.beginPath()
  pen.roundRect(x - half, y + size * 1.3, half * 2, height, [round, round, 0, 0])
  pen.fill()
  pen.fillStyle = 'rgb(255 255 255 / 0.035)'
  pen.fillRect(x - half + size * 0.7, y + size * 1.3, half * 2 - size * 1.4, 1)
}
