/** Large gifts cross the stage, rise over it or beat on it; the grandest take all of it. */
import { Container, Sprite } from 'pixi.js'
import type { ShownGift } from './effect-queue.ts'
import type { Look } from './effect-looks.ts'
import { between, type EffectWorld, fadeOf, popped, type Scene, smooth } from './effect-world.ts'
import { emptied, lit } from './small-scenes.ts'

const bannerLife = 4.6

/** One large gift on its way, with its light and what falls off it. */
export class BannerScene implements Scene {
  readonly #world: EffectWorld
  readonly #look: Look
  readonly #sprite: Sprite
  readonly #glow: Sprite
  readonly #ring: Sprite
  readonly #px: number
  #beats = 0
  #ringAt = Number.NEGATIVE_INFINITY

  constructor(world: EffectWorld, { giftId }: ShownGift, look: Look) {
    this.#world = world
    this.#look = look
    const { textures, front, back } = world
    this.#px = Math.max(120, world.span * 0.32)
    this.#glow = lit(world.put(back, textures.glow, this.#px * 3.4), look)
    this.#ring = lit(world.put(back, textures.ring, this.#px), look)
    this.#sprite = world.put(front, textures.gift(giftId), this.#px)
    this.#ring.alpha = 0
  }

  step(age: number, seconds: number): boolean {
    const sprite = this.#sprite
    const world = this.#world
    const place = this.#placeAt(age)
    sprite.position.copyFrom(place)
    sprite.rotation = place.turn
    sprite.scale.set((this.#px / sprite.texture.width) * place.size)
    sprite.alpha = fadeOf(age, bannerLife, [0.15, 0.6])
    this.#glow.position.copyFrom(place)
    this.#glow.alpha = sprite.alpha * 0.6
    const wave = (age - this.#ringAt) / 0.6
    this.#ring.position.copyFrom(place)
    this.#ring.alpha = wave < 1 ? (1 - wave) * 0.7 : 0
    this.#ring.scale.set((this.#px / 256) * (0.8 + 2.6 * wave))
    for (let due = seconds * 90; due > Math.random(); due--) {
      world.trail(this.#look, sprite, this.#px * 0.28)
    }
    return age < bannerLife
  }

  grow(): void {
    this.#world.burst(this.#look, this.#sprite, { count: 30, speed: this.#world.span * 0.8 })
  }

  end(): void {
    for (const sprite of [this.#glow, this.#ring, this.#sprite]) sprite.destroy()
  }

  #placeAt(age: number): { x: number; y: number; turn: number; size: number } {
    const world = this.#world
    const { way } = this.#look
    const share = age / bannerLife
    if (way === 'beat') {
      const beat = Math.floor(age / 0.5)
      if (beat > this.#beats && age < bannerLife - 0.8) this.#beat(beat, age)
      const kick = Math.max(0, 1 - (age % 0.5) / 0.22)
      const size = popped(age / 0.4) * (1 + 0.16 * kick)
      return { ...world.at(0.5, 0.44), turn: Math.sin(age * 6.3) * 0.1, size }
    }
    if (way === 'cross') {
      const x = 1.14 - 1.28 * smooth(share)
      const y = 0.16 + 0.42 * share + Math.sin(share * 5) * 0.06
      return { ...world.at(x, y), turn: Math.sin(age * 2.4) * 0.1, size: 1 }
    }
    const x = 0.5 + Math.sin(age * 1.1) * 0.09
    return {
      ...world.at(x, 0.94 - 0.78 * smooth(share)),
      turn: Math.sin(age * 1.7) * 0.09,
      size: 1,
    }
  }

  #beat(beat: number, age: number): void {
    this.#beats = beat
    this.#ringAt = age
    this.#world.burst(this.#look, this.#sprite, { count: 16, speed: this.#world.span * 0.7 })
  }
}

const stageLife = 7
const rayCount = 10
const volleyEveryS = 0.5

/** Beams, the gift as large as the stage, volleys around it and glitter from above. */
export class StageScene implements Scene {
  readonly #world: EffectWorld
  readonly #look: Look
  readonly #layer = new Container()
  readonly #beams = new Container()
  readonly #glow: Sprite
  readonly #rings: Sprite[]
  readonly #sprite: Sprite
  readonly #px: number
  #volleys = 0

  constructor(world: EffectWorld, { giftId }: ShownGift, look: Look) {
    this.#world = world
    this.#look = look
    const { textures, back, front } = world
    this.#px = Math.max(180, world.span * 0.5)
    this.#layer.addChild(this.#beams)
    back.addChild(this.#layer)
    for (let made = 0; made < rayCount; made++) this.#addBeam(made)
    this.#glow = lit(world.put(this.#layer, textures.glow, this.#px * 2.2), look)
    this.#rings = [0, 1].map(() => lit(world.put(this.#layer, textures.ring, this.#px), look))
    this.#sprite = world.put(front, textures.gift(giftId), this.#px)
  }

  step(age: number, seconds: number): boolean {
    const world = this.#world
    const middle = world.at(0.5, 0.44)
    const shown = fadeOf(age, stageLife, [0.5, 0.9])
    this.#beams.position.copyFrom(middle)
    this.#beams.rotation = age * 0.22
    this.#beams.alpha = shown * (0.75 + 0.25 * Math.sin(age * 3.1))
    this.#glow.position.copyFrom(middle)
    this.#glow.alpha = shown * 0.75
    for (const [index, ring] of this.#rings.entries()) this.#ripple(ring, age - index * 0.9)
    const sprite = this.#sprite
    sprite.position.set(middle.x, middle.y + Math.sin(age * 1.8) * this.#px * 0.02)
    sprite.rotation = Math.sin(age * 1.3) * 0.05
    const size = popped(age / 0.8) * (1 + 0.03 * Math.sin(age * 3.4))
    sprite.scale.set((this.#px / sprite.texture.width) * size)
    sprite.alpha = fadeOf(age, stageLife, [0.12, 0.8])
    const volley = Math.floor(age / volleyEveryS)
    if (volley > this.#volleys && age < stageLife - 1.4) this.#fire(volley)
    for (let due = seconds * 26; due > Math.random(); due--) this.#glitter()
    return age < stageLife
  }

  grow(): void {
    this.#fire(this.#volleys)
  }

  end(): void {
    this.#sprite.destroy()
    emptied(this.#beams)
    emptied(this.#layer)
    this.#layer.destroy()
  }

  #addBeam(index: number): void {
    const beam = new Sprite(this.#world.textures.ray)
    beam.anchor.set(0.5, 1)
    beam.rotation = (index / rayCount) * 2 * Math.PI
    beam.scale.set((this.#px / 64) * 0.62, (this.#px / 512) * 2.7)
    beam.alpha = index % 2 ? 0.5 : 0.95
    const { colours } = this.#look
    beam.blendMode = 'add'
    beam.tint = colours[index % colours.length] ?? 0xffffff
    this.#beams.addChild(beam)
  }

  /** Outward, once every 1.8 s. */
  #ripple(ring: Sprite, since: number): void {
    const wave = since < 0 ? 1 : (since % 1.8) / 1.3
    ring.position.copyFrom(this.#world.at(0.5, 0.44))
    ring.alpha = wave < 1 && since < stageLife - 1.6 ? (1 - wave) * 0.7 : 0
    ring.scale.set((this.#px / 256) * (0.7 + 2.8 * wave))
  }

  #fire(volley: number): void {
    this.#volleys = volley
    const world = this.#world
    const isFirst = volley === 1
    const side = volley % 2 ? between(0.1, 0.32) : between(0.68, 0.9)
    const from = isFirst ? world.at(0.5, 0.44) : world.at(side, between(0.12, 0.42))
    const count = isFirst ? 110 : 48
    world.burst(this.#look, from, { count, speed: world.span * (isFirst ? 1.1 : 0.75) })
  }

  #glitter(): void {
    const world = this.#world
    if (Math.random() > world.density) return
    world.throw(this.#look, {
      ...world.at(Math.random(), -0.05),
      vx: between(-20, 20),
      vy: between(50, 130),
      gravity: 40,
      drag: 0.7,
      size: between(0.1, 0.34),
      endSize: 0.05,
      spin: between(-3, 3),
      sway: 14,
      life: between(2, 3.4),
    })
  }
}
