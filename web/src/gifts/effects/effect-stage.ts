/** Gifts on the canvas over the stage: one scene for each that is shown, in one world. */
import type { GiftEffect } from '@odeon/rooms/protocol'
import { type Look, lookOf } from './effect-looks.ts'
import type { ShownGift, Showing } from './effect-queue.ts'
import { EffectTextures } from './effect-textures.ts'
import { EffectWorld, type Scene } from './effect-world.ts'
import { BannerScene, StageScene } from './large-scenes.ts'
import { type Drawing, type LostBecause, PixiCanvas } from './pixi-canvas.ts'
import { BurstScene, TapScene } from './small-scenes.ts'

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

export class EffectStage implements Drawing {
  readonly #canvas: PixiCanvas
  readonly #textures = new EffectTextures()
  readonly #world = new EffectWorld(this.#textures)
  readonly #playing = new Map<number, Playing>()

  /** Rejects where there is no WebGL. */
  static async open(host: HTMLElement, lost: LostBecause): Promise<EffectStage> {
    const canvas = await PixiCanvas.open(host)
    const stage = new EffectStage(canvas)
    canvas.draw(stage, lost)
    return stage
  }

  private constructor(canvas: PixiCanvas) {
    this.#canvas = canvas
  }

  get root() {
    return this.#world.root
  }

  get isIdle(): boolean {
    return this.#playing.size === 0 && this.#world.isStill
  }

  resize(width: number, height: number, free: { top: number; bottom: number }): void {
    if (width === 0 || height === 0) return
    Object.assign(this.#world, { width, height, ...free })
    this.#canvas.resize(width, height)
  }

  play(gift: Showing, look: Look = lookOf(gift)): void {
    if (this.#canvas.isGone) return
    const scene = new scenes[gift.effect](this.#world, gift, look)
    this.#playing.set(gift.id, { scene, age: 0 })
    this.#canvas.wake()
  }

  grow({ id, units }: Pick<Showing, 'id' | 'units'>): void {
    this.#playing.get(id)?.scene.grow(units)
    this.#canvas.wake()
  }

  /** Takes one off before its time. */
  end(id: number): void {
    this.#playing.get(id)?.scene.end()
    this.#playing.delete(id)
  }

  step(seconds: number): boolean {
    for (const [id, playing] of this.#playing) {
      playing.age += seconds
      if (!playing.scene.step(playing.age, seconds)) this.end(id)
    }
    this.#world.step(seconds)
    return !this.isIdle
  }

  lower(density: number): void {
    this.#world.density = density
  }

  /** Gives the canvas back; `destroy` is what it asks of this then. */
  close(): void {
    for (const { scene } of this.#playing.values()) scene.end()
    this.#playing.clear()
    this.#canvas.destroy()
  }

  destroy(): void {
    this.#playing.clear()
    this.#textures.destroy()
  }
}
