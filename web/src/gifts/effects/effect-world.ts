/** What a scene is made of: the stage's size, layers, what is in the air, and ways to throw. */
import { Container, Sprite, type Texture } from 'pixi.js'
import type { Look, Shape } from './effect-looks.ts'
import type { EffectTextures } from './effect-textures.ts'
import { type Mote, MotePool } from './mote-pool.ts'

/** One effect while it is on the stage. */
export interface Scene {
  /** `age` and `seconds` since the last step in s. False once it is over. */
  step(age: number, seconds: number): boolean
  /** There are more of it. */
  grow(units: number): void
  /** Leaves at once, and what it has put on the stage with it. */
  end(): void
}

/** Shapes that are light; the others are things. */
const lights: ReadonlySet<Shape> = new Set(['dot', 'star', 'flake'])

export class EffectWorld {
  readonly root = new Container()
  /** Behind everything: darkness and beams. */
  readonly back = new Container()
  readonly front = new Container()
  readonly textures: EffectTextures
  width = 0
  height = 0
  /** What is free of chat and header, as shares of the height. */
  top = 0
  bottom = 1
  /** 1 while frames come in time; less on slow machines. */
  density = 1
  readonly #light: MotePool
  readonly #things: MotePool

  constructor(textures: EffectTextures) {
    this.textures = textures
    this.#light = new MotePool(textures.shapes.dot, 'add')
    this.#things = new MotePool(textures.shapes.paper, 'normal')
    const { container: things } = this.#things
    this.root.addChild(this.back, things, this.front, this.#light.container)
  }

  get isStill(): boolean {
    return this.#light.count + this.#things.count === 0
  }

  /** From shares of the free part of the stage to px. */
  at(x: number, y: number): { x: number; y: number } {
    const from = this.top * this.height
    return { x: x * this.width, y: from + y * (this.bottom * this.height - from) }
  }

  /** The shorter side of the free part: sizes follow it. */
  get span(): number {
    return Math.min(this.width, (this.bottom - this.top) * this.height)
  }

  put(layer: Container, texture: Texture, px: number): Sprite {
    const sprite = new Sprite(texture)
    sprite.anchor.set(0.5)
    sprite.scale.set(px / texture.width)
    layer.addChild(sprite)
    return sprite
  }

  throw(look: Look, mote: Omit<Mote, 'texture' | 'tint'>): void {
    const shape = oneOf(look.shapes)
    const pool = lights.has(shape) ? this.#light : this.#things
    pool.throw({ ...mote, texture: this.textures.shapes[shape], tint: oneOf(look.colours) })
  }

  /** All around from a point, as when something bursts. */
  burst(look: Look, from: { x: number; y: number }, { count, speed }: Burst): void {
    for (let thrown = 0; thrown < count * this.density; thrown++) {
      const angle = Math.random() * 2 * Math.PI
      const pace = speed * (0.25 + 0.75 * Math.random())
      this.throw(look, {
        x: from.x,
        y: from.y,
        vx: Math.cos(angle) * pace,
        vy: Math.sin(angle) * pace - speed * 0.22,
        gravity: 260,
        drag: 0.22,
        size: between(0.2, 0.52),
        endSize: 0.1,
        spin: between(-4, 4),
        sway: 6,
        life: between(1.1, 2.2),
      })
    }
  }

  /** Behind something that moves. */
  trail(look: Look, from: { x: number; y: number }, spread: number): void {
    if (Math.random() > this.density) return
    this.throw(look, {
      x: from.x + between(-spread, spread),
      y: from.y + between(-spread, spread),
      vx: between(-24, 24),
      vy: between(-10, 40),
      gravity: 30,
      drag: 0.4,
      size: between(0.12, 0.4),
      endSize: 0,
      spin: between(-2, 2),
      sway: 4,
      life: between(0.5, 1.1),
    })
  }

  step(seconds: number): void {
    this.#light.step(seconds)
    this.#things.step(seconds)
  }

  clear(): void {
    this.#light.clear()
    this.#things.clear()
  }
}

interface Burst {
  count: number
  /** px/s of the fastest. */
  speed: number
}

export const between = (low: number, high: number): number => low + (high - low) * Math.random()

export function oneOf<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T
}

/** Past its goal and back: how things come that are glad to. */
export function popped(share: number): number {
  if (share >= 1) return 1
  const left = 1 - Math.max(0, share)
  return 1 - left ** 3 * Math.cos(share * 5.2)
}

/** 0 to 1 and flat at both ends. */
export function smooth(share: number): number {
  const now = Math.min(1, Math.max(0, share))
  return now * now * (3 - 2 * now)
}

/** In over the first `inS`, out over the last `outS` of `life`. */
export function fadeOf(age: number, life: number, [inS, outS]: [number, number]): number {
  return Math.min(smooth(age / inS), smooth((life - age) / outS))
}
