/** Small and medium gifts: they rise like bubbles, or pop and burst. */
import type { Container, Sprite } from 'pixi.js'
import type { ShownGift } from './effect-queue.ts'
import type { Look } from './effect-looks.ts'
import { between, type EffectWorld, fadeOf, popped, type Scene } from './effect-world.ts'

/** At once, however many there are. */
const risersMax = 8

interface Riser {
  sprite: Sprite
  age: number
  life: number
  x: number
  sway: number
  px: number
}

/** From below, each on a way of its own, with a little light around it. */
export class TapScene implements Scene {
  readonly #world: EffectWorld
  readonly #gift: ShownGift
  readonly #look: Look
  #risers: Riser[] = []
  #units: number

  constructor(world: EffectWorld, gift: ShownGift, look: Look) {
    this.#world = world
    this.#gift = gift
    this.#look = look
    this.#units = gift.units
    this.#rise(Math.min(gift.units, 5))
  }

  step(_age: number, seconds: number): boolean {
    const world = this.#world
    for (const riser of this.#risers) {
      riser.age += seconds
      const { sprite, age, life, x, sway, px } = riser
      const share = Math.max(0, age / life)
      const place = world.at(x, 0.98 - 0.72 * share ** 0.8)
      sprite.x = place.x + Math.sin(age * 2.6 + x * 9) * sway
      sprite.y = place.y
      sprite.rotation = Math.sin(age * 2.2 + x * 5) * 0.22
      sprite.scale.set((px / sprite.texture.width) * popped(age / 0.45))
      sprite.alpha = age < 0 ? 0 : fadeOf(age, life, [0.1, 0.5])
      if (age > 0 && Math.random() < seconds * 14) world.trail(this.#look, sprite, px * 0.3)
    }
    for (const { sprite, age, life } of this.#risers) if (age >= life) sprite.destroy()
    this.#risers = this.#risers.filter(({ age, life }) => age < life)
    return this.#risers.length > 0
  }

  grow(units: number): void {
    this.#rise(Math.min(Math.max(1, units - this.#units), 4))
    this.#units = units
  }

  end(): void {
    for (const { sprite } of this.#risers) sprite.destroy()
    this.#risers = []
  }

  #rise(count: number): void {
    const { textures, front, span } = this.#world
    for (let made = 0; made < count && this.#risers.length < risersMax; made++) {
      const px = Math.max(46, span * 0.105) * between(0.85, 1.15)
      const sprite = this.#world.put(front, textures.gift(this.#gift.giftId), px)
      sprite.alpha = 0
      const life = between(1.7, 2.1)
      this.#risers.push({
        sprite,
        age: -0.14 * made,
        life,
        x: between(0.16, 0.84),
        sway: between(10, 26),
        px,
      })
    }
  }
}

const burstLife = 3
const burstAt = 0.42

/** Pops up, bursts, hangs in the air a moment. */
export class BurstScene implements Scene {
  readonly #world: EffectWorld
  readonly #look: Look
  readonly #sprite: Sprite
  readonly #glow: Sprite
  readonly #ring: Sprite
  readonly #px: number
  #hasBurst = false
  /** Of the last burst, in s of its own age. */
  #ringAt = burstAt
  #age = 0

  constructor(world: EffectWorld, { giftId }: ShownGift, look: Look) {
    this.#world = world
    this.#look = look
    const { textures, front, back } = world
    this.#px = Math.max(84, world.span * 0.2)
    this.#glow = lit(world.put(back, textures.glow, this.#px * 3), look)
    this.#ring = lit(world.put(back, textures.ring, this.#px), look)
    this.#sprite = world.put(front, textures.gift(giftId), this.#px)
    const place = world.at(between(0.24, 0.76), between(0.26, 0.5))
    for (const sprite of [this.#glow, this.#ring, this.#sprite]) sprite.position.copyFrom(place)
    this.#ring.alpha = 0
  }

  step(age: number): boolean {
    this.#age = age
    if (!this.#hasBurst && age >= burstAt) {
      this.#hasBurst = true
      this.#burst(70)
    }
    const sprite = this.#sprite
    const shown = fadeOf(age, burstLife, [0.08, 0.5])
    const swell = popped(age / 0.5) * (1 + 0.04 * Math.sin(age * 5))
    sprite.scale.set((this.#px / sprite.texture.width) * swell)
    sprite.rotation = Math.sin(age * 3) * 0.09
    sprite.alpha = shown
    this.#glow.alpha = shown * 0.5
    const wave = (age - this.#ringAt) / 0.7
    this.#ring.alpha = wave > 0 && wave < 1 ? (1 - wave) * 0.8 : 0
    this.#ring.scale.set((this.#px / 256) * (0.6 + 3 * Math.max(0, wave) ** 0.6))
    return age < burstLife
  }

  grow(): void {
    this.#ringAt = this.#age
    this.#burst(26)
  }

  end(): void {
    for (const sprite of [this.#glow, this.#ring, this.#sprite]) sprite.destroy()
  }

  #burst(count: number): void {
    const speed = Math.max(360, this.#world.span * 0.85)
    this.#world.burst(this.#look, this.#sprite, { count, speed })
  }
}

/** Adds its light to what is behind it, in the gift's first colour. */
export function lit(sprite: Sprite, { colours }: Look): Sprite {
  sprite.blendMode = 'add'
  sprite.tint = colours[0] ?? 0xffffff
  return sprite
}

export function emptied(layer: Container): void {
  for (const child of layer.removeChildren()) child.destroy()
}
