/**
 * The canvas over the stage, drawn by pixi.js while something is on it and at rest otherwise. When
 * the graphics card lets go of it, it says so once and is of no more use.
 */
import 'pixi.js/unsafe-eval'
import { Ticker, WebGLRenderer } from 'pixi.js'
import type { GiftEffect } from '@odeon/rooms/protocol'
import { type Look, lookOf } from './effect-looks.ts'
import type { ShownGift, Showing } from './effect-queue.ts'
import { EffectTextures } from './effect-textures.ts'
import { EffectWorld, type Scene } from './effect-world.ts'
import { FramePace, paceLimits } from './frame-pace.ts'
import { BannerScene, StageScene } from './large-scenes.ts'
import { BurstScene, TapScene } from './small-scenes.ts'

export const stageLimits = {
  /** A longer frame counts as this long: what was paused goes on nearly where it was. */
  frameMsMax: 250,
} as const

interface Playing {
  scene: Scene
  age: number
}

type SceneClass = new (world: EffectWorld, gift: ShownGift, look: Look) => Scene
const scenes: Record<GiftEffect, SceneClass> = {
  tap: TapScene,
  burst: BurstScene,
  banner: BannerScene,
  stage: StageScene,
}

export class EffectStage {
  readonly #renderer: WebGLRenderer
  readonly #world: EffectWorld
  readonly #textures: EffectTextures
  readonly #canvas: HTMLCanvasElement
  readonly #lost: LostBecause
  readonly #pace = new FramePace()
  readonly #playing = new Map<number, Playing>()
  #frame: number | undefined
  #before = 0
  #isGone = false

  /** Rejects where there is no WebGL. */
  static async open(host: HTMLElement, lost: LostBecause): Promise<EffectStage> {
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
    return new EffectStage(renderer, canvas, lost)
  }

  private constructor(renderer: WebGLRenderer, canvas: HTMLCanvasElement, lost: LostBecause) {
    this.#renderer = renderer
    this.#canvas = canvas
    this.#lost = lost
    this.#textures = new EffectTextures()
    this.#world = new EffectWorld(this.#textures)
    canvas.className = 'effect-canvas'
    canvas.ariaHidden = 'true'
    canvas.addEventListener('webglcontextlost', this.#onLost)
  }

  get isIdle(): boolean {
    return this.#playing.size === 0 && this.#world.isStill
  }

  resize(width: number, height: number, free: { top: number; bottom: number }): void {
    if (this.#isGone || width === 0 || height === 0) return
    Object.assign(this.#world, { width, height, ...free })
    this.#renderer.resize(width, height)
    this.#wake()
  }

  play(gift: Showing): void {
    if (this.#isGone) return
    const scene = new scenes[gift.effect](this.#world, gift, lookOf(gift))
    this.#playing.set(gift.id, { scene, age: 0 })
    this.#wake()
  }

  grow({ id, units }: Pick<Showing, 'id' | 'units'>): void {
    const playing = this.#playing.get(id)
    playing?.scene.grow(units)
    this.#wake()
  }

  /** Takes one off before its time. */
  end(id: number): void {
    this.#playing.get(id)?.scene.end()
    this.#playing.delete(id)
  }

  destroy(): void {
    if (this.#isGone) return
    this.#isGone = true
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#canvas.removeEventListener('webglcontextlost', this.#onLost)
    for (const { scene } of this.#playing.values()) scene.end()
    this.#playing.clear()
    this.#world.root.destroy({ children: true })
    this.#renderer.destroy()
    this.#textures.destroy()
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

  /** A hidden page has no frames: everything waits where it is. */
  #wake(): void {
    if (this.#frame !== undefined || this.#isGone) return
    this.#before = performance.now()
    this.#frame = requestAnimationFrame(this.#tick)
  }

  readonly #tick = (now: number): void => {
    this.#frame = undefined
    const tookMs = Math.max(0, now - this.#before)
    this.#before = now
    if (this.#pace.took(tookMs)) this.#lower()
    if (this.#isGone) return
    const seconds = Math.min(stageLimits.frameMsMax, tookMs) / 1_000
    for (const [id, playing] of this.#playing) {
      playing.age += seconds
      if (playing.scene.step(playing.age, seconds)) continue
      this.end(id)
    }
    this.#world.step(seconds)
    this.#renderer.render(this.#world.root)
    if (!this.isIdle) this.#frame = requestAnimationFrame(this.#tick)
  }

  #lower(): void {
    const { quality } = this.#pace
    if (!quality) return this.#giveUp('slow')
    const { width, height } = this.#world
    this.#world.density = quality.density
    this.#renderer.resize(width, height, ratioUpTo(quality.ratioMax))
  }
}

/** Why it is of no more use. */
type LostBecause = (because: 'lost' | 'slow') => void

function ratioUpTo(most: number): number {
  return Math.min(devicePixelRatio || 1, most)
}
