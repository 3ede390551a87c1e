/**
 * The spool of this process over its life: what dead processes left is stored first, then ours is
 * written, and where it cannot be, the archive works without it.
 */
import type { Logger } from '@odeon/rooms/ports'
import { readSpool, removeSegments, Spool } from './spool.ts'
import { claimSlot, type SpoolSlot } from './spool-slot.ts'
import type { QueuedRecord } from './write-batch.ts'
import { QueueClosed } from './write-queue.ts'

export interface OwnSpoolOptions {
  /** Without a folder there is no spool, and a kill costs the last entries. */
  dir: string | undefined
  log: Logger
  /** Resolves when these are in PostgreSQL. */
  store(found: QueuedRecord[]): Promise<void>
}

export class OwnSpool {
  readonly #options: OwnSpoolOptions
  #opened: Promise<void> | undefined
  #slot: SpoolSlot | undefined
  #spool: Spool | undefined

  constructor(options: OwnSpoolOptions) {
    this.#options = options
  }

  /** Name under which all that was announced is stored by now; undefined when not sure. */
  get writer(): string | undefined {
    return this.#slot?.writer
  }

  get isKept(): boolean {
    return this.#spool !== undefined
  }

  /** Resolves when what was left behind is stored. Rejects only when the queue is closed. */
  opened(): Promise<void> {
    const { dir, log } = this.#options
    if (dir === undefined) return Promise.resolve()
    this.#opened ??= this.#open(dir).catch((err: unknown) => {
      if (err instanceof QueueClosed) throw err
      log.error({ err, dir }, 'there is no spool; a kill may cost entries')
    })
    return this.#opened
  }

  append(records: QueuedRecord[], mark: number): void {
    this.#spool?.append(records, mark)
  }

  stored(mark: number): void {
    this.#spool?.stored(mark)
  }

  /** Something announced is kept nowhere: the next epoch must not trust the record. */
  distrust(): void {
    const { log } = this.#options
    if (this.writer === undefined) return
    this.#slot?.distrust().catch((err) => log.error({ err }, 'the spool is stuck'))
  }

  /** Close the queue first: then an opening under way ends, too. */
  async close(): Promise<void> {
    // Whoever opened it has heard of the failure.
    await this.#opened?.catch(() => undefined)
    this.#spool?.close()
    await this.#slot?.release()
  }

  async #open(root: string): Promise<void> {
    const { log, store } = this.#options
    const slot = await claimSlot(root, async (dir) => {
      const found = await readSpool(dir, log)
      if (found.length > 0) {
        log.info({ entries: found.length }, 'storing log entries of a process that was killed')
        await store(found)
      }
      await removeSegments(dir)
    })
    this.#slot = slot
    this.#spool = new Spool(slot.dir, (err) => {
      log.error({ err }, 'the spool cannot be written; a kill may now cost entries')
      this.#spool = undefined
      this.distrust()
    })
  }
}
