/**
 * What the demo's streams sound like: plucked strings that wander over a scale, with a low one that
 * keeps the time. Quiet, seeded, and made as it goes.
 */
import { type Chance, chance } from '../random.ts'
import type { LookName } from './painter.ts'

export const sampleRate = 48_000

interface Mood {
  /** Half-tones over the root, rising. */
  scale: readonly number[]
  rootHz: number
  beatMs: number
}

const moods: Record<LookName, Mood> = {
  rooftop: { scale: [0, 2, 4, 7, 9], rootHz: 146.83, beatMs: 480 },
  arcade: { scale: [0, 3, 5, 7, 10], rootHz: 164.81, beatMs: 300 },
  kitchen: { scale: [0, 2, 5, 7, 9], rootHz: 196, beatMs: 420 },
}

const stringsMax = 5
const loudest = 0.24
const echo = { samples: Math.round(sampleRate * 0.31), share: 0.34 }

/** A string that was plucked: noise that runs through a loop and loses its sharpness (Karplus). */
interface Plucked {
  loop: Float32Array
  at: number
  kept: number
}

export class Music {
  readonly #luck: Chance
  readonly #mood: Mood
  readonly #strings: Plucked[] = []
  readonly #echo = new Float32Array(echo.samples)
  #echoAt = 0
  #step = 7
  #beat = 0
  #untilBeat = 0
  #power = 0

  constructor(name: LookName, seed: number) {
    this.#luck = chance(seed)
    this.#mood = moods[name]
  }

  /** Of what was made last, 0…1. */
  get loudness(): number {
    return Math.min(1, this.#power * 24)
  }

  /** Fills in the next samples, one channel at 48 kHz. */
  render(samples: Int16Array): void {
    let power = 0
    for (let at = 0; at < samples.length; at += 1) {
      if (this.#untilBeat <= 0) this.#play()
      this.#untilBeat -= 1
      let sound = 0
      for (const string of this.#strings) sound += next(string)
      const late = this.#echo[this.#echoAt] ?? 0
      const whole = sound + late
      this.#echo[this.#echoAt] = whole * echo.share
      this.#echoAt = (this.#echoAt + 1) % echo.samples
      const heard = Math.tanh(whole * 0.5) * loudest
      power += heard * heard
      samples[at] = heard * 32_767
    }
    const now = Math.sqrt(power / samples.length)
    this.#power += (now - this.#power) * 0.5
  }

  #play(): void {
    const { beatMs } = this.#mood
    this.#untilBeat = Math.round((sampleRate * beatMs) / 1_000)
    if (this.#beat % 8 === 0) this.#pluck(-12, 0.9985)
    else if (this.#beat % 8 === 4) this.#pluck(-5, 0.998)
    this.#beat += 1
    if (this.#luck.next() < 0.3) return
    const leap = this.#luck.next() < 0.15 ? 3 : 1
    this.#step += this.#luck.next() < 0.5 ? leap : -leap
    this.#step = Math.min(12, Math.max(2, this.#step))
    const { scale } = this.#mood
    const octave = Math.floor(this.#step / scale.length)
    this.#pluck((scale[this.#step % scale.length] ?? 0) + 12 * octave, 0.996)
  }

  #pluck(halfTones: number, kept: number): void {
    const hz = this.#mood.rootHz * 2 ** (halfTones / 12)
    const loop = new Float32Array(Math.max(2, Math.round(sampleRate / hz)))
    let soft = 0
    for (let at = 0; at < loop.length; at += 1) {
      soft += (this.#luck.between(-1, 1) - soft) * 0.5
      loop[at] = soft
    }
    this.#strings.push({ loop, at: 0, kept })
    if (this.#strings.length > stringsMax) this.#strings.shift()
  }
}

function next(string: Plucked): number {
  const { loop, at, kept } = string
  const following = at + 1 === loop.length ? 0 : at + 1
  const sound = loop[at] ?? 0
  loop[at] = (sound + (loop[following] ?? 0)) * 0.5 * kept
  string.at = following
  return sound
}
