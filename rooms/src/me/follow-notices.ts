/**
 * Brings what was kept for a person into their open room: in order, each once, whatever signals
 * were lost or doubled. One pass at a time; a failed one is made up for by the next beat.
 */
import type { NoticeBox, NumberedNotice } from '../ports.ts'

export interface FollowOptions {
  box: Pick<NoticeBox, 'after' | 'unread'>
  ownerId: string
  /** The number up to which the room has announced. */
  head: () => number
  post: (notice: NumberedNotice) => void
  unread: (count: number) => void
  /** The next number is not kept any more: the room cannot go on counting. */
  lost: () => void
  failed: (error: unknown) => void
}

const pageSize = 50

export class NoticeFollower {
  readonly #options: FollowOptions
  #running: Promise<void> | undefined
  #isStale = false
  #isOver = false

  constructor(options: FollowOptions) {
    this.#options = options
  }

  /** Resolves when everything is shown that was kept before the call, or a try has failed. */
  catchUp(): Promise<void> {
    this.#isStale = true
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  /** About once a second. */
  beat(): void {
    if (this.#isStale) void this.catchUp()
  }

  stop(): void {
    this.#isOver = true
  }

  async #run(): Promise<void> {
    while (this.#isStale && !this.#isOver) {
      this.#isStale = false
      try {
        await this.#pass()
      } catch (error) {
        this.#isStale = true
        this.#options.failed(error)
        return
      }
    }
  }

  async #pass(): Promise<void> {
    const { box, ownerId, head, post, unread, lost } = this.#options
    for (let isFull = true; isFull; ) {
      const found = await box.after(ownerId, head(), pageSize)
      isFull = found.length === pageSize
      for (const numbered of found) {
        if (this.#isOver) return
        if (numbered.seq !== head() + 1) return lost()
        post(numbered)
      }
    }
    const count = await box.unread(ownerId)
    if (!this.#isOver) unread(count)
  }
}
