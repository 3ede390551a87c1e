/** All that flies: made once and used again, so that a storm of gifts makes no garbage. */
import { Particle, ParticleContainer, type Texture } from 'pixi.js'

export const moteLimits = { motesMax: 420 } as const

/** Lengths in px, times in s. */
export interface Mote {
  texture: Texture
  tint: number
  x: number
  y: number
  vx: number
  vy: number
  /** Downward, px/s². */
  gravity: number
  /** Of the speed, what is left after a second. */
  drag: number
  /** Of the texture's own size, at the begin and the end. */
  size: number
  endSize: number
  spin: number
  /** To and fro, px. */
  sway: number
  life: number
}

interface Live extends Mote {
  particle: Particle
  age: number
  phase: number
}

export class MotePool {
  readonly container: ParticleContainer
  readonly #free: Particle[] = []
  #live: Live[] = []

  constructor(texture: Texture, blendMode: 'add' | 'normal') {
    this.container = new ParticleContainer({
      texture,
      blendMode,
      dynamicProperties: { position: true, rotation: true, vertex: true, color: true, uvs: true },
    })
    for (let made = 0; made < moteLimits.motesMax; made++) {
      const particle = new Particle({ texture, anchorX: 0.5, anchorY: 0.5, scaleX: 0, scaleY: 0 })
      particle.alpha = 0
      this.#free.push(particle)
      this.container.addParticle(particle)
    }
    this.container.visible = false
  }

  get count(): number {
    return this.#live.length
  }

  /** Beyond the bound nothing is thrown. */
  throw(mote: Mote): void {
    const particle = this.#free.pop()
    if (!particle) return
    particle.texture = mote.texture
    particle.tint = mote.tint
    particle.rotation = Math.random() * 2 * Math.PI
    this.#live.push({ ...mote, particle, age: 0, phase: Math.random() * 2 * Math.PI })
  }

  step(seconds: number): void {
    let kept = 0
    for (const mote of this.#live) {
      mote.age += seconds
      if (mote.age >= mote.life) {
        this.#rest(mote.particle)
        continue
      }
      move(mote, seconds)
      this.#live[kept++] = mote
    }
    this.#live.length = kept
    this.container.visible = kept > 0
  }

  clear(): void {
    for (const { particle } of this.#live) this.#rest(particle)
    this.#live = []
    this.container.visible = false
  }

  #rest(particle: Particle): void {
    particle.alpha = 0
    particle.scaleX = 0
    particle.scaleY = 0
    this.#free.push(particle)
  }
}

function move(mote: Live, seconds: number): void {
  const { particle, age, life, size, endSize, spin, sway, phase } = mote
  const slowed = mote.drag ** seconds
  mote.vx *= slowed
  mote.vy = mote.vy * slowed + mote.gravity * seconds
  mote.x += mote.vx * seconds
  mote.y += mote.vy * seconds
  const share = age / life
  const now = size + (endSize - size) * share
  // What turns in the air is seen from its edge now and then.
  const turned = spin === 0 ? 1 : Math.cos(phase + age * spin * 1.7)
  particle.x = mote.x + Math.sin(phase + age * 3) * sway
  particle.y = mote.y
  particle.rotation += spin * seconds
  particle.scaleX = now * turned
  particle.scaleY = now
  particle.alpha = Math.min(1, age * 12) * Math.min(1, (1 - share) * 3)
}
