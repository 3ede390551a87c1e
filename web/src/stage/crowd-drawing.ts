/**
 * Draws the crowd: who is there as a still picture, only when that changes; who just spoke and the
 * reactions that fly to the stage on a canvas above it, only while something shines. Never for
 * people who asked for less motion beyond the still picture.
 */
import { beatMs, untilBeatMs } from '../frame/beat.ts'
import { drawGlow, drawHouse, drawSpark } from './crowd-people.ts'
import { fillOrder, type Seat, seatsFor, seatsTaken } from './crowd-seats.ts'

interface Glow {
  colour: string
  bornMs: number
}
interface Spark extends Glow {
  from: Seat
  drift: number
}

export const crowdLimits = {
  glowMs: 1_600,
  sparkMs: 1_900,
  glowsMax: 60,
  sparksMax: 80,
  /** A spark moves, a glow only fades: the beat is enough for it. */
  sparkFrameMs: 1_000 / 30,
} as const

/** A frame that is asked for this early comes in time. */
const crowdSlackMs = 8

export interface CrowdCanvases {
  /** The people and their seats. */
  still: HTMLCanvasElement
  /** What shines over them; hidden while nothing does. */
  lights: HTMLCanvasElement
}

export class CrowdDrawing {
  private readonly still: ImageBitmapRenderingContext
  private readonly lights: CanvasRenderingContext2D
  private readonly isCalm: () => boolean
  private seats: Seat[] = []
  private order: number[] = []
  private taken = 0
  /** By seat, the latest last. */
  private readonly glows = new Map<number, Glow>()
  private sparks: Spark[] = []
  private width = 0
  private height = 0
  private ratio = 1
  private frame: number | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private drawnMs = 0

  constructor({ still, lights }: CrowdCanvases, isCalm: () => boolean) {
    // Drawn anew with the page around it, this kind costs nothing; the other is copied each time.
    this.still = made(still.getContext('bitmaprenderer'))
    this.lights = made(lights.getContext('2d'))
    lights.hidden = true
    this.isCalm = isCalm
  }

  resize(width: number, height: number): void {
    this.ratio = Math.min(globalThis.devicePixelRatio || 1, 2)
    this.width = width
    this.height = height
    const { canvas } = this.lights
    canvas.width = Math.round(width * this.ratio)
    canvas.height = Math.round(height * this.ratio)
    this.lights.setTransform(this.ratio, 0, 0, this.ratio, 0, 0)
    this.seats = seatsFor(width, height)
    this.order = fillOrder(this.seats)
    this.glows.clear()
    this.sparks = []
    this.drawStill()
  }

  /** How many people are in the house. */
  fill(viewers: number): void {
    const taken = seatsTaken(viewers, this.seats.length)
    if (taken === this.taken) return
    this.taken = taken
    this.drawStill()
  }

  /** Somebody spoke: their seat lights up. */
  speak(hash: number, colour: string): void {
    if (this.taken === 0 || this.isCalm()) return
    const seat = this.order[hash % this.taken]
    if (seat === undefined) return
    this.glows.delete(seat)
    this.glows.set(seat, { colour, bornMs: performance.now() })
    if (this.glows.size > crowdLimits.glowsMax) {
      for (const oldest of this.glows.keys()) {
        this.glows.delete(oldest)
        break
      }
    }
    this.wake()
  }

  /** Somebody reacted: a spark leaves a seat for the stage. */
  spark(colour: string, count: number): void {
    if (this.taken === 0 || this.isCalm()) return
    for (let i = 0; i < Math.min(count, 6); i++) {
      const seat = this.seats[this.order[Math.floor(Math.random() * this.taken)] ?? -1]
      if (!seat || this.sparks.length >= crowdLimits.sparksMax) return
      const drift = (Math.random() - 0.5) * 90
      this.sparks.push({ from: seat, colour, bornMs: performance.now() + i * 90, drift })
    }
    this.wake()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.frame !== undefined) cancelAnimationFrame(this.frame)
    this.frame = undefined
  }

  private wake(): void {
    if (this.frame !== undefined || this.timer !== undefined) return
    const atFrame = () => {
      this.timer = undefined
      this.frame = requestAnimationFrame(this.tick)
    }
    // No frame is asked for before it is needed.
    const waitMs = this.waitMs()
    if (waitMs > 0) this.timer = setTimeout(atFrame, waitMs)
    else atFrame()
  }

  private waitMs(): number {
    const sinceMs = performance.now() - this.drawnMs
    if (this.sparks.length > 0) return crowdLimits.sparkFrameMs - sinceMs - crowdSlackMs
    return sinceMs >= beatMs ? 0 : untilBeatMs(Date.now())
  }

  private readonly tick = (now: number): void => {
    this.frame = undefined
    this.drawnMs = now
    for (const [seat, { bornMs }] of this.glows) {
      if (now - bornMs >= crowdLimits.glowMs) this.glows.delete(seat)
    }
    this.sparks = this.sparks.filter(({ bornMs }) => now - bornMs < crowdLimits.sparkMs)
    const shines = this.glows.size + this.sparks.length > 0
    this.lights.canvas.hidden = !shines
    this.drawLights(now)
    if (shines) this.wake()
  }

  private drawStill(): void {
    const { width, height, ratio, seats, order } = this
    if (width === 0 || height === 0) return
    const sheet = new OffscreenCanvas(Math.round(width * ratio), Math.round(height * ratio))
    const pen = made(sheet.getContext('2d'))
    pen.scale(ratio, ratio)
    drawHouse(pen, { seats, taken: new Set(order.slice(0, this.taken)), height })
    this.still.transferFromImageBitmap(sheet.transferToImageBitmap())
  }

  private drawLights(now: number): void {
    const { lights, width, height } = this
    lights.clearRect(0, 0, width, height)
    for (const [index, { colour, bornMs }] of this.glows) {
      const seat = this.seats[index]
      if (seat) drawGlow(lights, seat, { colour, left: 1 - (now - bornMs) / crowdLimits.glowMs })
    }
    const target = { x: width / 2, y: height * 0.46 }
    for (const { from, colour, bornMs, drift } of this.sparks) {
      const age = (now - bornMs) / crowdLimits.sparkMs
      if (age < 0) continue
      drawSpark(lights, from, { x: target.x + drift, y: target.y }, { colour, age })
    }
    lights.globalAlpha = 1
  }
}

function made<Context>(context: Context | null): Context {
  if (!context) throw new Error('This browser has no 2D canvas.')
  return context
}
