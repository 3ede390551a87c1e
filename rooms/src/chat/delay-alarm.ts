/** Wakes at the time of the next delayed line, so that lines do not wait for the room's beat. */
import type { World } from '../ports.ts'

export interface DelayAlarmOptions {
  now: World['now']
  /** Unix ms of the next, if there is one. */
  nextAt: () => number | undefined
  ring: () => void
  failed: (error: unknown) => void
}

export class DelayAlarm {
  readonly #options: DelayAlarmOptions
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(options: DelayAlarmOptions) {
    this.#options = options
  }

  set(): void {
    clearTimeout(this.#timer)
    const { nextAt, now } = this.#options
    const at = this.#isStopped ? undefined : nextAt()
    if (at !== undefined) this.#timer = setTimeout(this.#run, Math.max(0, at - now()))
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  /** Here a throw would end the process. */
  #run = (): void => {
    try {
      this.#options.ring()
    } catch (error) {
      this.#options.failed(error)
    }
  }
}
