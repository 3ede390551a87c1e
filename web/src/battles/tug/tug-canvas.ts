/**
 * The bar for which the teams pull, on a canvas that is larger than it, so that sparks fly over its
 * edges. Its borders have weight: they are pulled, swing past and come to rest.
 */
import { Container, Sprite, type Texture } from 'pixi.js'
import type { Look } from '../../gifts/effects/effect-looks.ts'
import { EffectTextures } from '../../gifts/effects/effect-textures.ts'
import { between, EffectWorld } from '../../gifts/effects/effect-world.ts'
import { type Drawing, type LostBecause, PixiCanvas } from '../../gifts/effects/pixi-canvas.ts'

export const tugLimits = {
  /** The canvas is this much larger than the bar, above and below, px. */
  bleedPx: 28,
  /** Pull towards where a border belongs, per s², and what holds it back, per s. */
  pull: 70,
  drag: 9,
  sparksMax: 36,
} as const

/** So near and so slow a border rests, in shares of the bar. */
const restShare = 0.0005

export interface Pull {
  points: number
  colour: number
  share: number
  /** Its gifts count twice now. */
  isBoosted: boolean
}

interface Border {
  at: number
  speed: number
}

export class TugCanvas implements Drawing {
  readonly root = new Container()
  readonly #canvas: PixiCanvas
  readonly #textures = new EffectTextures()
  readonly #world = new EffectWorld(this.#textures)
  readonly #bars: Sprite[] = []
  readonly #flashes: { sprite: Sprite; left: number }[] = []
  readonly #caps: [Sprite, Sprite]
  readonly #glows: Sprite[] = []
  readonly #under = new Container()
  readonly #over = new Container()
  #pulls: readonly Pull[] = []
  #borders: Border[] = []
  #age = 0

  /** Rejects where there is no WebGL. */
  static async open(host: HTMLElement, lost: LostBecause): Promise<TugCanvas> {
    const canvas = await PixiCanvas.open(host)
    const tug = new TugCanvas(canvas)
    canvas.draw(tug, lost)
    return tug
  }

  private constructor(canvas: PixiCanvas) {
    this.#canvas = canvas
    this.#caps = [
      this.#sprite(this.#under, this.#textures.cap),
      this.#sprite(this.#under, this.#textures.cap),
    ]
    this.root.addChild(this.#under, this.#over, this.#world.root)
  }

  /** What everybody has; a team that has more than before is seen to have got it. */
  pull(pulls: readonly Pull[]): void {
    const known = this.#pulls
    if (this.#canvas.isGone || JSON.stringify(known) === JSON.stringify(pulls)) return
    const isSame = pulls.length === known.length
    this.#pulls = pulls
    if (!isSame) this.#build(pulls)
    for (const [index, { points }] of pulls.entries()) {
      const gained = isSame ? points - (known[index]?.points ?? 0) : 0
      if (gained > 0) this.#spark(index, gained)
    }
    this.#canvas.wake()
  }

  resize(width: number, height: number): void {
    if (width === 0 || height === 0) return
    Object.assign(this.#world, { width, height })
    this.#canvas.resize(width, height)
  }

  step(seconds: number): boolean {
    this.#age += seconds
    const isMoving = this.#swing(seconds)
    const isLit = this.#place(seconds)
    const isBoosted = this.#boost(seconds)
    this.#world.step(seconds)
    return isMoving || isLit || isBoosted || !this.#world.isStill
  }

  lower(density: number): void {
    this.#world.density = density
  }

  close(): void {
    this.#canvas.destroy()
  }

  destroy(): void {
    this.#textures.destroy()
  }

  #build(pulls: readonly Pull[]): void {
    for (const sprite of [...this.#bars, ...this.#glows]) sprite.destroy()
    for (const { sprite } of this.#flashes) sprite.destroy()
    this.#bars.length = this.#flashes.length = this.#glows.length = 0
    for (const { colour } of pulls) {
      const bar = this.#sprite(this.#under, this.#textures.bar)
      bar.tint = colour
      this.#bars.push(bar)
      const sprite = this.#sprite(this.#over, this.#textures.bar)
      Object.assign(sprite, { blendMode: 'add', tint: colour, alpha: 0 })
      this.#flashes.push({ sprite, left: 0 })
    }
    let at = 0
    this.#borders = pulls.slice(0, -1).map(({ share }) => {
      at += share
      const glow = this.#sprite(this.#over, this.#textures.glow)
      glow.anchor.set(0.5)
      glow.blendMode = 'add'
      this.#glows.push(glow)
      return { at, speed: 0 }
    })
    this.#caps[0].tint = pulls[0]?.colour ?? 0
    this.#caps[1].tint = pulls.at(-1)?.colour ?? 0
  }

  #sprite(layer: Container, texture: Texture): Sprite {
    const sprite = new Sprite(texture)
    layer.addChild(sprite)
    return sprite
  }

  #swing(seconds: number): boolean {
    let isMoving = false
    let goal = 0
    for (const [index, border] of this.#borders.entries()) {
      goal += this.#pulls[index]?.share ?? 0
      // In small steps: a late frame must not throw it off the bar.
      for (let left = seconds; left > 0; left -= 0.02) {
        const step = Math.min(0.02, left)
        border.speed += ((goal - border.at) * tugLimits.pull - border.speed * tugLimits.drag) * step
        border.at = Math.min(0.98, Math.max(0.02, border.at + border.speed * step))
      }
      const isNear = Math.abs(goal - border.at) < restShare && Math.abs(border.speed) < restShare
      if (isNear) Object.assign(border, { at: goal, speed: 0 })
      else isMoving = true
    }
    return isMoving
  }

  /** Everything to where it belongs; true while something glows that will not. */
  #place(seconds: number): boolean {
    const { width, height } = this.#world
    const { bleedPx } = tugLimits
    const tall = Math.max(1, height - 2 * bleedPx)
    const edges = [0, ...this.#borders.map(({ at }) => at), 1]
    let isLit = false
    for (const [index, bar] of this.#bars.entries()) {
      const [from, to] = [(edges[index] ?? 0) * width, (edges[index + 1] ?? 1) * width]
      // The round ends are not theirs.
      const left = index === 0 ? Math.min(to, tall / 2) : from
      const right = index === this.#bars.length - 1 ? Math.max(left, width - tall / 2) : to
      const flash = this.#flashes[index]
      for (const sprite of [bar, flash?.sprite]) {
        if (!sprite) continue
        sprite.position.set(left, bleedPx)
        sprite.setSize(Math.max(0.01, right - left), tall)
      }
      if (!flash) continue
      flash.left = Math.max(0, flash.left - seconds * 1.6)
      flash.sprite.alpha = flash.left ** 2
      isLit ||= flash.left > 0
    }
    for (const [index, cap] of this.#caps.entries()) {
      cap.setSize(tall, tall)
      cap.position.set(index === 0 ? 0 : width - tall, bleedPx)
    }
    for (const [index, glow] of this.#glows.entries()) {
      const border = this.#borders[index]
      glow.position.set((border?.at ?? 0) * width, height / 2)
      const push = Math.min(1, Math.abs(border?.speed ?? 0) * 3)
      glow.setSize(tall * (0.9 + push), tall * (1.6 + push))
      glow.alpha = 0.55 + 0.45 * push
    }
    return isLit
  }

  #boost(seconds: number): boolean {
    let isBoosted = false
    for (const [index, pull] of this.#pulls.entries()) {
      if (!pull.isBoosted) continue
      isBoosted = true
      const flash = this.#flashes[index]
      if (flash)
        flash.sprite.alpha = Math.max(flash.sprite.alpha, 0.16 + 0.12 * Math.sin(this.#age * 5))
      for (let due = seconds * 22; due > Math.random(); due--) this.#mote(index, 0.6)
    }
    return isBoosted
  }

  #spark(index: number, points: number): void {
    const flash = this.#flashes[index]
    if (flash) flash.left = 1
    const count = Math.min(tugLimits.sparksMax, 6 + 5 * Math.log10(points + 1))
    for (let thrown = 0; thrown < count * this.#world.density; thrown++) this.#mote(index, 1)
    // The border is pushed at once; where it comes to rest it is pulled.
    const kick = 0.1 + 0.08 * Math.log10(points + 1)
    const [before, behind] = [this.#borders[index - 1], this.#borders[index]]
    if (before) before.speed -= kick
    if (behind) behind.speed += kick
  }

  /** From somewhere on a team's part towards the border it pushes. */
  #mote(index: number, strength: number): void {
    const { width, height } = this.#world
    const edges = [0, ...this.#borders.map(({ at }) => at), 1]
    const [from, to] = [(edges[index] ?? 0) * width, (edges[index + 1] ?? 1) * width]
    const isLast = index === this.#pulls.length - 1
    const look: Look = {
      colours: [this.#pulls[index]?.colour ?? 0xffffff, 0xffffff],
      shapes: ['dot', 'star'],
      way: 'cross',
    }
    this.#world.throw(look, {
      x: between(from, to),
      y: height / 2 + between(-6, 6),
      vx: between(40, 240) * strength * (isLast ? -1 : 1),
      vy: between(-90, 40) * strength,
      gravity: 90,
      drag: 0.3,
      size: between(0.12, 0.36),
      endSize: 0.02,
      spin: between(-3, 3),
      sway: 3,
      life: between(0.6, 1.3),
    })
  }
}
