/** Tells the other rooms of a battle what the own side has: the newest, and not too often. */
export interface ScoreTellerOptions {
  everyMs: number
  now: () => number
  send: (points: number) => void
}

export class ScoreTeller {
  readonly #options: ScoreTellerOptions
  #timer: NodeJS.Timeout | undefined
  #points = 0
  #told = -1
  #toldAt = 0

  constructor(options: ScoreTellerOptions) {
    this.#options = options
  }

  /** At once when the last word is some time ago, else when it is. */
  say(points: number): void {
    this.#points = points
    if (this.#timer !== undefined || points === this.#told) return
    const { everyMs, now } = this.#options
    this.#timer = setTimeout(this.#send, Math.max(0, this.#toldAt + everyMs - now()))
  }

  /** Nothing was told of the battle that begins now. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#told = -1
  }

  #send = (): void => {
    this.#timer = undefined
    this.#told = this.#points
    this.#toldAt = this.#options.now()
    this.#options.send(this.#points)
  }
}
