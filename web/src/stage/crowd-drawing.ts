/**
 * Draws the crowd on a canvas: who is there, who just spoke, reactions flying to the stage.
 * It draws a frame only while something moves, at most 30 a second, and never for people who
 * asked for less motion beyond the still picture.
 */
import { fillOrder, type Seat, seatsFor, seatsTaken } from './crowd-seats.ts'

interface Flash {
  seat: number
  colour: string
  bornMs: number
}
interface Spark {
  from: Seat
  colour: string
  bornMs: number
  drift: number
}

const flashMs = 1_600
const sparkMs = 1_900
const flashesMax = 60
const sparksMax = 80
const frameMs = 1000 / 30

export class CrowdDrawing {
  private readonly context: CanvasRenderingContext2D
  private seats: Seat[] = []
  private order: number[] = []
  private taken = 0
  private flashes: Flash[] = []
  private sparks: Spark[] = []
  private width = 0
  private height = 0
  private frame = 0
  private drawnMs = 0
  private readonly canvas: HTMLCanvasElement
  private readonly isCalm: () => boolean

  constructor(canvas: HTMLCanvasElement, isCalm: () => boolean) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This browser has no 2D canvas.')
    this.context = context
    this.canvas = canvas
    this.isCalm = isCalm
  }

  resize(width: number, height: number): void {
    const ratio = Math.min(globalThis.devicePixelRatio || 1, 2)
    this.width = width
    this.height = height
    this.canvas.width = Math.round(width * ratio)
    this.canvas.height = Math.round(height * ratio)
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0)
    this.seats = seatsFor(width, height)
    this.order = fillOrder(this.seats)
    this.flashes = []
    this.sparks = []
    this.draw(performance.now())
  }

  /** How many people are in the house. */
  fill(viewers: number): void {
    const taken = seatsTaken(viewers, this.seats.length)
    if (taken === this.taken) return
    this.taken = taken
    this.wake()
  }

  /** Somebody spoke: their seat lights up. */
  speak(hash: number, colour: string): void {
    if (this.isCalm() || this.taken === 0) return
    const seat = this.order[hash % this.taken]
    if (seat === undefined) return
    this.flashes.push({ seat, colour, bornMs: performance.now() })
    if (this.flashes.length > flashesMax) this.flashes.shift()
    this.wake()
  }

  /** Somebody reacted: a spark leaves a seat for the stage. */
  spark(colour: string, count: number): void {
    if (this.isCalm() || this.taken === 0) return
    for (let i = 0; i < Math.min(count, 6); i++) {
      const seat = this.seats[this.order[Math.floor(Math.random() * this.taken)] ?? -1]
      if (!seat || this.sparks.length >= sparksMax) return
      const drift = (Math.random() - 0.5) * 90
      this.sparks.push({ from: seat, colour, bornMs: performance.now() + i * 90, drift })
    }
    this.wake()
  }

  stop(): void {
    cancelAnimationFrame(this.frame)
    this.frame = 0
  }

  private wake(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(this.tick)
  }

  private readonly tick = (now: number): void => {
    this.frame = 0
    if (now - this.drawnMs >= frameMs - 2) this.draw(now)
    this.flashes = this.flashes.filter((flash) => now - flash.bornMs < flashMs)
    this.sparks = this.sparks.filter((spark) => now - spark.bornMs < sparkMs)
    if (this.flashes.length + this.sparks.length > 0) this.wake()
    else this.draw(now)
  }

  private draw(now: number): void {
    this.drawnMs = now
    this.context.globalAlpha = 1
    this.context.clearRect(0, 0, this.width, this.height)
    const taken = new Set(this.order.slice(0, this.taken))
    const lit = new Map(this.flashes.map((flash) => [flash.seat, flash]))
    let rowStart = 0
    while (rowStart < this.seats.length) {
      const row = this.seats[rowStart]?.row ?? 0
      let rowEnd = rowStart
      while (this.seats[rowEnd]?.row === row) rowEnd++
      for (let index = rowStart; index < rowEnd; index++) {
        const seat = this.seats[index] as Seat
        if (taken.has(index)) this.drawPerson(seat, lit.get(index), now)
      }
      for (let index = rowStart; index < rowEnd; index++)
        this.drawSeatBack(this.seats[index] as Seat)
      rowStart = rowEnd
    }
    for (const spark of this.sparks) this.drawSpark(spark, now)
  }

  /** A head and shoulders from behind, the top edge catching the light of the stage. */
  private drawPerson(seat: Seat, flash: Flash | undefined, now: number): void {
    const { context } = this
    const left = flash ? Math.max(0, 1 - (now - flash.bornMs) / flashMs) : 0
    if (flash && left > 0) {
      context.globalAlpha = left * 0.28
      context.fillStyle = flash.colour
      context.beginPath()
      context.arc(seat.x, seat.y, seat.size * 2.6, 0, Math.PI * 2)
      context.fill()
    }
    context.globalAlpha = 1
    context.fillStyle = rims[seat.row] ?? '#4b3b59'
    this.outline(seat, 0)
    if (flash && left > 0) {
      context.globalAlpha = left
      context.fillStyle = flash.colour
      this.outline(seat, 0)
      context.globalAlpha = 1
    }
    context.fillStyle = bodies[seat.row] ?? '#130d19'
    this.outline(seat, Math.max(1.2, seat.size * 0.2))
  }

  private outline({ x, y, size }: Seat, lower: number): void {
    const { context } = this
    context.beginPath()
    context.arc(x, y + lower, size, 0, Math.PI * 2)
    context.ellipse(x, y + size * 2.3 + lower, size * 1.75, size * 1.35, 0, 0, Math.PI * 2)
    context.fill()
  }

  private drawSeatBack({ x, y, size, row }: Seat): void {
    const { context } = this
    const half = size * 1.5
    context.fillStyle = backs[row] ?? '#0f0a14'
    context.beginPath()
    context.roundRect(x - half, y + size * 1.3, half * 2, this.height, [
      size * 0.8,
      size * 0.8,
      0,
      0,
    ])
    context.fill()
    context.fillStyle = 'rgb(255 255 255 / 0.035)'
    context.fillRect(x - half + size * 0.7, y + size * 1.3, half * 2 - size * 1.4, 1)
  }

  private drawSpark(spark: Spark, now: number): void {
    const age = (now - spark.bornMs) / sparkMs
    if (age < 0 || age > 1) return
    const eased = 1 - (1 - age) ** 2
    const targetX = this.width / 2 + spark.drift
    const targetY = this.height * 0.46
    const x = spark.from.x + (targetX - spark.from.x) * eased
    const y = spark.from.y + (targetY - spark.from.y) * eased - Math.sin(age * Math.PI) * 46
    this.context.globalAlpha = Math.sin(age * Math.PI) * 0.9
    this.context.fillStyle = spark.colour
    this.context.beginPath()
    this.context.arc(x, y, 3.2 * (1 - age * 0.5), 0, Math.PI * 2)
    this.context.fill()
  }
}

/** Far to near: less light on the rim, darker cloth. */
const rims = ['#9d83ad', '#84698f', '#6a5375', '#51405c', '#3d3047']
const bodies = ['#2c2034', '#241a2c', '#1d1524', '#17101d', '#110b16']
const backs = ['#2a1723', '#23131e', '#1c0f19', '#150b13', '#0e070d']
