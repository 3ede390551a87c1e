/**
 * What the demo's streams show: a theatre at night, its tiers around a lit point, lights that move
 * over it, a string of lamps, a clock. It goes with the music and takes little to paint.
 */
import { type Chance, chance } from '../random.ts'
import {
  Canvas,
  type Colour,
  colourOf,
  gridColumns,
  gridRows,
  pictureSize,
  type Stencil,
  stencil,
} from './canvas.ts'
import { type Place, placesFor, widthOf } from './lettering.ts'

/** What the streams of the demo differ in. */
export interface Look {
  lights: readonly string[]
  /** What is in the air: how many, how fast they fall (negative: rise), how long they are. */
  air: { count: number; pixelsPerS: number; length: number }
}

export const looks = {
  rooftop: {
    lights: ['#FFB547', '#3DD6C6', '#FF6AC1', '#5B8CFF', '#FFB547'],
    air: { count: 70, pixelsPerS: 420, length: 9 },
  },
  arcade: {
    lights: ['#5B8CFF', '#FF6AC1', '#5B8CFF', '#3DD6C6', '#FF4D6D'],
    air: { count: 40, pixelsPerS: -60, length: 2 },
  },
  kitchen: {
    lights: ['#FFB547', '#FF6B6B', '#FFC857', '#FFB547', '#5BD68A'],
    air: { count: 36, pixelsPerS: -35, length: 4 },
  },
} as const satisfies Record<string, Look>
export type LookName = keyof typeof looks

const { width, height } = pictureSize
const [sky, wall, glow] = [colourOf('#131019'), colourOf('#262033'), colourOf('#4A2E4C')]
const [lamp, ink] = [colourOf('#FFB547'), colourOf('#F4F0FA')]
/** The lit point, in the middle of the tiers. */
const point = { x: width / 2, y: 318 }
const tiers = [64, 96, 128, 160, 192]
const lampsCount = 15

interface Beam {
  colour: Colour
  fromColumn: number
  swing: number
  speed: number
  phase: number
}

interface Mote {
  x: number
  y: number
  speed: number
}

/** The time where the server is, `00:00:00`, on the right. */
const clock = { letters: 8, unit: 4 }
/** Lamps sway by so many pixels at most. */
const swayMax = 2

export class Painter {
  readonly #canvas = new Canvas()
  readonly #clock = placesFor(clock.letters, clock.unit, {
    x: width - widthOf(clock.letters, clock.unit) - 10,
    y: 12,
  })
  readonly #mark = placesFor(4, 2, { x: 16, y: 18 })
  readonly #beams: readonly Beam[]
  readonly #motes: readonly Mote[]
  readonly #air: Look['air']
  readonly #tiers = tiers.map(tierOf)
  readonly #point = dotAt(point.x, point.y, 16)
  /** By lamp, then by where it sways. */
  readonly #lamps = Array.from({ length: lampsCount }, (_, index) => lampAt(index))
  /** What the night is without light, and what the point adds, for each plane. */
  readonly #night = nightOf()

  constructor(name: LookName, seed: number) {
    const luck = chance(seed)
    const { lights, air } = looks[name]
    this.#air = air
    this.#beams = lights.map((hex, index) => ({
      colour: colourOf(hex),
      fromColumn: ((index + 0.5) / lights.length) * gridColumns,
      swing: luck.between(0.35, 0.7),
      speed: luck.between(0.18, 0.42),
      phase: luck.between(0, 2 * Math.PI),
    }))
    this.#motes = Array.from({ length: air.count }, () => mote(luck))
  }

  /** `now` is Unix ms, `loudness` 0…1 of the music. The result is good until the next call. */
  paint(now: number, loudness: number): Uint8ClampedArray {
    const canvas = this.#canvas
    const seconds = (now % 3_600_000) / 1_000
    this.#darken(loudness)
    for (const beam of this.#beams) this.#shine(beam, seconds, loudness)
    canvas.spread()
    this.#seats(seconds, loudness)
    this.#glow(seconds, loudness)
    this.#drift(seconds)
    const time = new Date(now).toTimeString().slice(0, 8)
    this.#write(this.#clock, time, 0.92)
    this.#write(this.#mark, 'DEMO', 0.6)
    return canvas.data
  }

  #write(places: readonly Place[], text: string, share: number): void {
    for (const [index, place] of places.entries()) {
      const letter = place.get(text[index] ?? '')
      if (letter) this.#canvas.tint(letter, ink, share)
    }
  }

  #darken(loudness: number): void {
    const gain = 0.5 + 0.5 * loudness
    for (const [plane, values] of this.#canvas.light.entries()) {
      const night = this.#night[plane]
      if (night === undefined) continue
      const { base, extra } = night
      for (let at = 0; at < values.length; at += 1) {
        values[at] = (base[at] ?? 0) + (extra[at] ?? 0) * gain
      }
    }
  }

  #shine({ colour, fromColumn, swing, speed, phase }: Beam, seconds: number, loud: number): void {
    const [ys, us, vs] = this.#canvas.light
    const slope = swing * Math.sin(seconds * speed * 2 + phase)
    const power = 0.3 + 0.35 * loud + 0.12 * Math.sin(seconds * speed * 5 + phase)
    const [y, u, v] = [colour[0] - 16, colour[1] - 128, colour[2] - 128]
    for (let row = 0; row < gridRows; row += 1) {
      const middle = fromColumn + (row + 4) * slope
      const spread = 2.2 + row * 0.11
      const reach = power * (1 - 0.55 * (row / gridRows))
      const from = Math.max(0, Math.floor(middle - spread * 3))
      const to = Math.min(gridColumns - 1, Math.ceil(middle + spread * 3))
      for (let column = from; column <= to; column += 1) {
        const away = (column - middle) / spread
        const edge = 1 - (away * away) / 9
        const share = (reach * edge * edge) / (1 + away * away)
        const at = row * gridColumns + column
        ys[at] = (ys[at] ?? 0) + y * share
        us[at] = (us[at] ?? 0) + u * share
        vs[at] = (vs[at] ?? 0) + v * share
      }
    }
  }

  /** The tiers light up from the point outwards, again and again. */
  #seats(seconds: number, loudness: number): void {
    for (const [index, tier] of this.#tiers.entries()) {
      const wave = Math.max(0, Math.sin(seconds * 1.6 - index * 0.8))
      this.#canvas.tint(tier, lamp, 0.1 + (0.25 + 0.5 * loudness) * wave)
    }
    this.#canvas.tint(this.#point, lamp, 0.65 + 0.35 * loudness)
  }

  #glow(seconds: number, loudness: number): void {
    for (const [index, places] of this.#lamps.entries()) {
      const sway = Math.round(Math.sin(seconds * 0.9 + index * 0.7) * swayMax)
      const pulse = 0.45 + 0.55 * loudness * Math.abs(Math.sin(seconds * 2.4 + index * 1.9))
      const place = places[sway + swayMax]
      if (place) this.#canvas.tint(place, lamp, pulse)
    }
  }

  #drift(seconds: number): void {
    const { pixelsPerS, length } = this.#air
    for (const { x, y, speed } of this.#motes) {
      const way = (y + seconds * pixelsPerS * speed) % height
      const top = Math.floor(way < 0 ? way + height : way)
      for (let part = 0; part < length; part += 1) this.#canvas.lighten(x, top + part, 16)
    }
  }
}

const mote = (luck: Chance): Mote => ({
  x: Math.floor(luck.between(0, width)),
  y: luck.between(0, height),
  speed: luck.between(0.6, 1.2),
})

/** The dark, lighter at the ground, with a pool of light around the point. */
function nightOf(): { base: Float32Array; extra: Float32Array }[] {
  return sky.map((dark, plane) => {
    const [low, warm] = [wall[plane] ?? 0, glow[plane] ?? 0]
    const [base, extra] = [
      new Float32Array(gridColumns * gridRows),
      new Float32Array(gridColumns * gridRows),
    ]
    for (const at of base.keys()) {
      const [column, row] = [at % gridColumns, Math.floor(at / gridColumns)]
      const [dx, dy] = [(column * 4 - point.x) / 170, (row * 4 - point.y) / 60]
      const here = dark + (low - dark) * (row / gridRows)
      base[at] = here
      extra[at] = (warm - here) / (1 + (dx * dx + dy * dy) ** 2)
    }
    return { base, extra }
  })
}

/** The upper half of a circle around the point. */
function tierOf(radius: number): Stencil {
  const reach = radius + 3
  const box = { x: point.x - reach, y: point.y - reach, width: 2 * reach, height: reach - 12 }
  return stencil(box, (x, y) => {
    return Math.min(1, 3 - Math.abs(Math.hypot(x - point.x, y - point.y) - radius))
  })
}

function lampAt(index: number): Stencil[] {
  const along = index / (lampsCount - 1)
  const [x, y] = [12 + along * (width - 24), 66 + 46 * (1 - (2 * along - 1) ** 2)]
  return Array.from({ length: 2 * swayMax + 1 }, (_, sway) => {
    return dotAt(Math.round(x), Math.round(y) + sway - swayMax, 5)
  })
}

/** A soft round light. */
function dotAt(x: number, y: number, radius: number): Stencil {
  const box = { x: x - radius, y: y - radius, width: 2 * radius + 1, height: 2 * radius + 1 }
  return stencil(box, (column, row) => {
    const away = ((column - x) ** 2 + (row - y) ** 2) / (radius * radius)
    return away < 1 ? (1 - away) ** 1.5 : 0
  })
}
