/** How loud a moment is, and whether anybody was heard lately. */

/** What is quieter than this shows as nothing; a shout close by comes near the loudest. */
const quietestDb = -60
const loudestDb = -6
/** Speech at arm's length lies above this, a still room below. */
const heardFrom = 0.25
/** So long after the last word somebody still counts as heard. */
export const heardForMs = 4_000

/** 0 to 1 along the ear's own scale, of a level from 0 to 1 as it is measured. */
export function loudnessOf(level: number): number {
  if (level === 0) return 0
  const share = (20 * Math.log10(level) - quietestDb) / (loudestDb - quietestDb)
  return Math.min(1, Math.max(0, share))
}

/** `waiting` until it is known: nobody has to speak the moment a microphone opens. */
export type Heard = 'waiting' | 'heard' | 'silent'

export class Hearing {
  #since: number
  #heardAt: number | undefined

  /** Unix ms at which listening began. */
  constructor(sinceMs: number) {
    this.#since = sinceMs
  }

  at(level: number, nowMs: number): Heard {
    if (level >= heardFrom) this.#heardAt = nowMs
    const last = this.#heardAt ?? this.#since
    if (nowMs - last > heardForMs) return 'silent'
    return this.#heardAt === undefined ? 'waiting' : 'heard'
  }
}
