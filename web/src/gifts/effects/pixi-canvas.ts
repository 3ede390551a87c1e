/**
 * A canvas over a part of the page, drawn by pixi.js while something moves on it and at rest
 * otherwise. Lost by the graphics card, or too slow, it says so once and is of no more use.
 */
import 'pixi.js/unsafe-eval'
import { type Container, Ticker, WebGLRenderer } from 'pixi.js'
import { FramePace, paceLimits } from './frame-pace.ts'

export const canvasLimits = {
  /** A longer frame counts as this long: what was paused goes on nearly where it was. */
  frameMsMax: 250,
} as const

/** Why it is of no more use. */
export type LostBecause = (because: 'lost' | 'slow') => void

/** What is on the canvas. */
export interface Drawing {
  readonly root: Container
  /** `seconds` since the last frame. True while there is something to draw after this one. */
  step(seconds: number): boolean
  /** The machine is late: from 0 to 1, how much may fly. */
  lower(density: number): void
  destroy(): void
}

export class PixiCanvas {
  readonly #renderer: WebGLRenderer
  readonly #canvas: HTMLCanvasElement
  readonly #pace = new FramePace()
  #drawing: Drawing | undefined
  #lost: LostBecause = () => undefined
  #size = { width: 1, height: 1 }
  #frame: number | undefined
  #before = 0
  #isGone = false

  /** Rejects where there is no WebGL. */
  static async open(host: HTMLElement): Promise<PixiCanvas> {
    const canvas = document.createElement('canvas')
    const renderer = new WebGLRenderer()
    await renderer.init({
      canvas,
      width: Math.max(1, host.clientWidth),
      height: Math.max(1, host.clientHeight),
      resolution: ratioUpTo(paceLimits.steps[0].ratioMax),
      autoDensity: true,
      backgroundAlpha: 0,
      antialias: false,
      // What comes with it serves pointers and texts; there are none on this canvas.
      skipExtensionImports: true,
    })
    // It asks for frames for ever, to tidy up after textures that come and go. Ours stay.
    Ticker.system.autoStart = false
    Ticker.system.stop()
    host.append(canvas)
    return new PixiCanvas(renderer, canvas)
  }

  private constructor(renderer: WebGLRenderer, canvas: HTMLCanvasElement) {
    this.#renderer = renderer
    this.#canvas = canvas
    canvas.className = 'effect-canvas'
    canvas.ariaHidden = 'true'
    canvas.addEventListener('webglcontextlost', this.#onLost)
  }

  get isGone(): boolean {
    return this.#isGone
  }

  draw(drawing: Drawing, lost: LostBecause): void {
    this.#drawing = drawing
    this.#lost = lost
  }

  resize(width: number, height: number): void {
    if (this.#isGone || width === 0 || height === 0) return
    this.#size = { width, height }
    this.#renderer.resize(width, height)
    this.wake()
  }

  /** Something moves again. A hidden page has no frames: everything waits where it is. */
  wake(): void {
    if (this.#frame !== undefined || this.#isGone) return
    this.#before = performance.now()
    this.#frame = requestAnimationFrame(this.#tick)
  }

  destroy(): void {
    if (this.#isGone) return
    this.#isGone = true
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#canvas.removeEventListener('webglcontextlost', this.#onLost)
    this.#drawing?.root.destroy({ children: true })
    this.#renderer.destroy()
    this.#drawing?.destroy()
    this.#canvas.remove()
  }

  readonly #onLost = (event: Event): void => {
    event.preventDefault()
    // A moment later: pixi.js hears of it, too, and must not find itself taken apart.
    setTimeout(() => this.#giveUp('lost'))
  }

  #giveUp(because: 'lost' | 'slow'): void {
    this.destroy()
    this.#lost(because)
  }

  readonly #tick = (now: number): void => {
    this.#frame = undefined
    const tookMs = Math.max(0, now - this.#before)
    this.#before = now
    if (this.#pace.took(tookMs)) this.#lower()
    if (this.#isGone || !this.#drawing) return
    const seconds = Math.min(canvasLimits.frameMsMax, tookMs) / 1_000
    const goesOn = this.#drawing.step(seconds)
    this.#renderer.render(this.#drawing.root)
    if (goesOn) this.#frame = requestAnimationFrame(this.#tick)
  }

  #lower(): void {
    const { quality } = this.#pace
    if (!quality) return this.#giveUp('slow')
    this.#drawing?.lower(quality.density)
    const { width, height } = this.#size
    this.#renderer.resize(width, height, ratioUpTo(quality.ratioMax))
  }
}

function ratioUpTo(most: number): number {
  return Math.min(devicePixelRatio || 1, most)
}
