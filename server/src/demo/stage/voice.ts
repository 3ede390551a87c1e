/**
 * A sound like somebody who talks in the next room: syllables with the colours of vowels, phrases
 * that sink and pauses between. No words, on purpose: nobody real says anything.
 */
import { type Chance, chance } from '../random.ts'
import { sampleRate } from './music.ts'

/** The three resonances of a mouth, Hz, for a, e, i, o, u. */
const vowels = [
  [730, 1_090, 2_440],
  [530, 1_840, 2_480],
  [270, 2_290, 3_010],
  [570, 840, 2_410],
  [300, 870, 2_240],
] as const
const widthsHz = [90, 110, 170]
const shares = [1, 0.5, 0.2]
/** Resonances follow so often. */
const stepSamples = 240
const loudness = 0.03

interface Resonance {
  hz: number
  a: number
  b: number
  gain: number
  before: number
  last: number
}

export class Voice {
  readonly #luck: Chance
  readonly #pitchHz: number
  readonly #mouth: Resonance[] = [700, 1_200, 2_400].map((hz) => {
    return { hz, a: 0, b: 0, gain: 0, before: 0, last: 0 }
  })
  #target: readonly number[] = vowels[0]
  #phase = 0
  #open = 0
  #opens = 0
  /** Samples until the syllable closes, and until the next one. */
  #closesIn = 0
  #nextIn = 0
  #syllables = 0
  #melody = 1
  #step = 0

  constructor(seed: number, pitchHz: number) {
    this.#luck = chance(seed)
    this.#pitchHz = pitchHz
  }

  /** Fills in the next samples, one channel at 48 kHz. */
  render(samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += 1) {
      if (this.#nextIn <= 0) this.#begin()
      this.#nextIn -= 1
      this.#closesIn -= 1
      if (this.#step <= 0) this.#move()
      this.#step -= 1
      this.#opens = this.#closesIn > 0 ? 1 : 0
      this.#open += (this.#opens - this.#open) * (this.#opens === 1 ? 0.0016 : 0.0009)
      this.#phase += (this.#pitchHz * this.#melody) / sampleRate
      if (this.#phase >= 1) this.#phase -= 1
      const breath = this.#luck.between(-0.08, 0.08)
      const cords = (1 - 2 * this.#phase) ** 3 + breath
      let sound = 0
      for (const [index, part] of this.#mouth.entries()) {
        sound += ring(part, cords) * (shares[index] ?? 0)
      }
      samples[at] = Math.tanh(sound * this.#open * 1.6) * loudness * 2 * 32_767
    }
  }

  /** The next syllable, or a breath between two phrases. */
  #begin(): void {
    const luck = this.#luck
    if (this.#syllables === 0) {
      this.#syllables = Math.round(luck.between(4, 13))
      this.#nextIn = Math.round(sampleRate * luck.between(0.2, 0.6))
      this.#melody = luck.between(1.05, 1.2)
      return
    }
    this.#syllables -= 1
    const seconds = luck.between(0.12, 0.26)
    this.#nextIn = Math.round(sampleRate * seconds)
    this.#closesIn = Math.round(this.#nextIn * luck.between(0.6, 0.85))
    this.#target = luck.pick(vowels)
    this.#melody = Math.max(0.8, this.#melody * luck.between(0.94, 1.04))
  }

  #move(): void {
    this.#step = stepSamples
    for (const [index, part] of this.#mouth.entries()) {
      part.hz += ((this.#target[index] ?? part.hz) - part.hz) * 0.12
      tune(part, widthsHz[index] ?? 100)
    }
  }
}

/** A resonance of two poles. */
function tune(part: Resonance, widthHz: number): void {
  const radius = Math.exp((-Math.PI * widthHz) / sampleRate)
  part.a = 2 * radius * Math.cos((2 * Math.PI * part.hz) / sampleRate)
  part.b = -radius * radius
  part.gain = (1 - radius) * 2
}

function ring(part: Resonance, input: number): number {
  const sound = part.gain * input + part.a * part.last + part.b * part.before
  part.before = part.last
  part.last = sound
  return sound
}
