/**
 * A bounded queue whose items are stored in order, in batches, later. A batch that fails stays at
 * the front and is tried again; an item that can never be stored is given up alone.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { archiveLimits } from './limits.ts'

export interface WriteQueueOptions<T> {
  /** Stores a batch; must be harmless when the same batch comes twice. */
  write(batch: T[]): Promise<void>
  /** True when the items themselves are at fault, so that waiting would not help. */
  isFaultOfItems(error: unknown): boolean
  givenUp(item: T, error: unknown): void
  failed(error: unknown, retryInMs: number): void
  /** How many of all items taken are done with now, from the first on. */
  done(count: number): void
}

export class QueueClosed extends Error {
  override name = 'QueueClosed'
}

interface Waiter {
  mark: number
  resolve(): void
  reject(error: Error): void
}

export class WriteQueue<T> {
  readonly #options: WriteQueueOptions<T>
  readonly #ended = new AbortController()
  #items: T[] = []
  #waiters: Waiter[] = []
  #timer: NodeJS.Timeout | undefined
  #isRunning = false
  /** Counted since the beginning: how many were taken and how many of them are done with. */
  #taken = 0
  #done = 0
  #batchSize: number = archiveLimits.batchMax
  #failingSince: number | undefined

  constructor(options: WriteQueueOptions<T>) {
    this.#options = options
  }

  /** How many items were taken since the beginning. */
  get taken(): number {
    return this.#taken
  }

  get length(): number {
    return this.#items.length
  }

  /** Unix ms since when nothing could be stored; undefined while all is well. */
  get failingSince(): number | undefined {
    return this.#failingSince
  }

  hasRoomFor(count: number): boolean {
    if (this.#ended.signal.aborted) return false
    return this.#items.length === 0 || this.#items.length + count <= archiveLimits.queueMax
  }

  /** Takes all or nothing, and never waits. */
  push(items: T[]): boolean {
    if (!this.hasRoomFor(items.length)) return false
    for (const item of items) this.#items.push(item)
    this.#taken += items.length
    this.#schedule()
    return true
  }

  /** Resolves when all that was taken until now is stored; rejects when the queue is closed. */
  drained(): Promise<void> {
    if (this.#done === this.#taken) return Promise.resolve()
    if (this.#ended.signal.aborted) return Promise.reject(new QueueClosed('the queue is closed'))
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#waiters.push({ mark: this.#taken, resolve, reject })
    this.#schedule()
    return promise
  }

  /** Takes no more and forgets what is not stored. Answers how many items that were. */
  close(): number {
    this.#ended.abort()
    clearTimeout(this.#timer)
    for (const waiter of this.#waiters.splice(0)) {
      waiter.reject(new QueueClosed('the queue was closed before everything was stored'))
    }
    return this.#items.length
  }

  #schedule(): void {
    if (this.#isRunning || this.#ended.signal.aborted || this.#items.length === 0) return
    if (this.#isUrgent()) {
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#isRunning = true
      // A turn later, so that appending costs the caller nothing.
      setImmediate(() => void this.#run())
      return
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      if (this.#isRunning) return
      this.#isRunning = true
      void this.#run()
    }, archiveLimits.flushEveryMs)
  }

  #isUrgent(): boolean {
    return this.#items.length >= archiveLimits.batchMax || this.#waiters.length > 0
  }

  /** Never rejects: every failure of `write` is answered here. */
  async #run(): Promise<void> {
    let failures = 0
    do {
      const batch = this.#items.slice(0, this.#batchSize)
      try {
        await this.#options.write(batch)
        this.#finish(batch.length)
        this.#batchSize = archiveLimits.batchMax
        this.#failingSince = undefined
        failures = 0
      } catch (error) {
        if (this.#options.isFaultOfItems(error)) this.#narrow(batch, error)
        else await this.#backOff(error, failures++)
      }
    } while (this.#items.length > 0 && this.#goesOn(failures) && !this.#ended.signal.aborted)
    this.#isRunning = false
    this.#schedule()
  }

  /** A pause is for gathering more; not while a failure is being worked on. */
  #goesOn(failures: number): boolean {
    return this.#isUrgent() || failures > 0 || this.#batchSize < archiveLimits.batchMax
  }

  #finish(count: number): void {
    this.#items.splice(0, count)
    this.#done += count
    this.#options.done(this.#done)
    while (this.#waiters.length > 0 && (this.#waiters[0] as Waiter).mark <= this.#done) {
      this.#waiters.shift()?.resolve()
    }
  }

  /** Halves the batch until the item at fault stands alone. */
  #narrow(batch: T[], error: unknown): void {
    if (batch.length > 1) {
      this.#batchSize = Math.ceil(batch.length / 2)
      return
    }
    this.#options.givenUp(batch[0] as T, error)
    this.#finish(1)
  }

  async #backOff(error: unknown, failures: number): Promise<void> {
    this.#failingSince ??= Date.now()
    const { retryAfterMs, retryAfterMsMax } = archiveLimits
    const waitMs = Math.min(retryAfterMs * 2 ** failures, retryAfterMsMax)
    this.#options.failed(error, waitMs)
    await delay(waitMs, undefined, { signal: this.#ended.signal }).catch(() => undefined)
  }
}
