/** Everything the canvas shows, drawn once by our own hand: shapes, light, and the gifts. */
import { ImageSource, Rectangle, Texture } from 'pixi.js'
import { artOf, artSize } from '../gift-art.ts'
import { type Shape, shapes } from './effect-looks.ts'

const cell = 64
const glyphPx = 320
const lightPx = 256

type Pen = OffscreenCanvasRenderingContext2D

export class EffectTextures {
  /** One sheet for all: what flies is drawn at once. */
  readonly shapes: Readonly<Record<Shape, Texture>>
  readonly ring = textureOf(lightPx, lightPx, drawRing)
  readonly glow = textureOf(lightPx, lightPx, drawGlow)
  readonly ray = textureOf(64, 512, drawRay)
  /** A lit rod, to be made as long as one likes, and its round end. */
  readonly bar = textureOf(4, cell, (pen) => fillRod(pen, 4))
  readonly cap = textureOf(cell, cell, (pen) => {
    pen.arc(cell / 2, cell / 2, cell / 2, 0, 2 * Math.PI)
    pen.clip()
    fillRod(pen, cell)
  })
  readonly #sheet: ImageSource
  readonly #gifts = new Map<string, Texture>()

  constructor() {
    this.#sheet = sourceOf(cell * shapes.length, cell, (pen) => {
      for (const [index, shape] of shapes.entries()) {
        pen.save()
        pen.translate((index + 0.5) * cell, cell / 2)
        drawings[shape](pen)
        pen.restore()
      }
    })
    const frameOf = (shape: Shape) =>
      new Texture({
        source: this.#sheet,
        frame: new Rectangle(shapes.indexOf(shape) * cell, 0, cell, cell),
      })
    const entries = shapes.map((shape) => [shape, frameOf(shape)] as const)
    this.shapes = Object.fromEntries(entries) as Record<Shape, Texture>
  }

  gift(giftId: string): Texture {
    const known = this.#gifts.get(giftId)
    if (known) return known
    const made = textureOf(glyphPx, glyphPx, (pen) => drawGift(pen, giftId))
    this.#gifts.set(giftId, made)
    return made
  }

  destroy(): void {
    const { ring, glow, ray, bar, cap } = this
    for (const texture of [ring, glow, ray, bar, cap, ...this.#gifts.values()]) {
      texture.destroy(true)
    }
    for (const texture of Object.values(this.shapes)) texture.destroy()
    this.#sheet.destroy()
  }
}

function sourceOf(width: number, height: number, draw: (pen: Pen) => void): ImageSource {
  const sheet = new OffscreenCanvas(width, height)
  const pen = sheet.getContext('2d')
  if (!pen) throw new Error('This browser has no 2D canvas.')
  draw(pen)
  return new ImageSource({ resource: sheet.transferToImageBitmap() })
}

function textureOf(width: number, height: number, draw: (pen: Pen) => void): Texture {
  return new Texture({ source: sourceOf(width, height, draw) })
}

function drawGift(pen: Pen, giftId: string): void {
  pen.scale(glyphPx / artSize, glyphPx / artSize)
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  for (const { d, fill, stroke, width = 1, alpha = 1 } of artOf(giftId)) {
    const path = new Path2D(d)
    pen.globalAlpha = alpha
    if (fill) {
      fillPath(pen, fill, path)
    }
    if (stroke) {
      pen.strokeStyle = stroke
      pen.lineWidth = width
      pen.stroke(path)
    }
  }
}

/** White, in a square of 64 around the middle: the tint gives the colour. */
const drawings: Record<Shape, (pen: Pen) => void> = {
  dot: (pen) => soft(pen, 30, [1, 0.55, 0]),
  star(pen) {
    soft(pen, 20, [0.7, 0.2, 0])
    fill(pen, 'M0-30C2-7 7-2 30 0 7 2 2 7 0 30-2 7-7 2-30 0-7-2-2-7 0-30Z')
  },
  petal: (pen) => fill(pen, 'M0-24C16-16 18 6 0 24-18 6-16-16 0-24Z'),
  paper: (pen) => fill(pen, 'M-11-20H11V20H-11Z'),
  flake(pen) {
    soft(pen, 14, [1, 0.7, 0])
    pen.strokeStyle = '#fff'
    pen.lineWidth = 3
    for (let arm = 0; arm < 3; arm++) {
      pen.stroke(new Path2D('M0-26V26M-6-19 0-13 6-19M-6 19 0 13 6 19'))
      pen.rotate(Math.PI / 3)
    }
  },
  feather(pen) {
    fill(pen, 'M0-29C12-14 12 10 2 25L0 31-2 25C-12 10-12-14 0-29Z')
    pen.globalCompositeOperation = 'destination-out'
    pen.lineWidth = 1.5
    pen.stroke(new Path2D('M0-22V28M0-8 8-15M0 0 9-8M0 8 8 1M0-8-8-15M0 0-9-8M0 8-8 1'))
  },
}

const fill = (pen: Pen, d: string): void => fillPath(pen, '#fff', new Path2D(d))

function fillPath(pen: Pen, style: string | CanvasGradient, path: Path2D): void {
  pen.fillStyle = style
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a pen fills, no array
  pen.fill(path)
}

/** Light that fades from the middle: how much is left there, half-way and at the rim. */
function soft(pen: Pen, radius: number, [middle, half, rim]: [number, number, number]): void {
  const light = pen.createRadialGradient(0, 0, 0, 0, 0, radius)
  light.addColorStop(0, `rgb(255 255 255 / ${middle})`)
  light.addColorStop(0.4, `rgb(255 255 255 / ${half})`)
  light.addColorStop(1, `rgb(255 255 255 / ${rim})`)
  pen.fillStyle = light
  pen.fillRect(-radius, -radius, radius * 2, radius * 2)
}

function drawGlow(pen: Pen): void {
  pen.translate(lightPx / 2, lightPx / 2)
  soft(pen, lightPx / 2, [0.9, 0.32, 0])
}

function drawRing(pen: Pen): void {
  const middle = lightPx / 2
  const light = pen.createRadialGradient(middle, middle, middle * 0.72, middle, middle, middle)
  light.addColorStop(0, 'rgb(255 255 255 / 0)')
  light.addColorStop(0.72, 'rgb(255 255 255 / 0.9)')
  light.addColorStop(0.82, 'rgb(255 255 255 / 0.9)')
  light.addColorStop(1, 'rgb(255 255 255 / 0)')
  pen.fillStyle = light
  pen.fillRect(0, 0, lightPx, lightPx)
}

/** Lit from above. */
function fillRod(pen: Pen, width: number): void {
  const light = pen.createLinearGradient(0, 0, 0, cell)
  light.addColorStop(0, '#fff')
  light.addColorStop(0.3, '#f4f4f4')
  light.addColorStop(1, '#dcdcdc')
  pen.fillStyle = light
  pen.fillRect(0, 0, width, cell)
}

/** A beam from its foot upward. */
function drawRay(pen: Pen): void {
  const light = pen.createLinearGradient(0, 512, 0, 0)
  light.addColorStop(0, 'rgb(255 255 255 / 0.75)')
  light.addColorStop(0.5, 'rgb(255 255 255 / 0.22)')
  light.addColorStop(1, 'rgb(255 255 255 / 0)')
  fillPath(pen, light, new Path2D('M29 512H35L64 0H0Z'))
}
