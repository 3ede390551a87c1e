/**
 * A room's pen: numbers its frames, keeps them in the journal before anybody sees them, takes
 * snapshots, and goes on without the journal when that is away, to catch up when it is back.
 */
import type { Logger } from '../../ports.ts'
import { kitLimits } from '../protocol.ts'
import { Contact } from './contact.ts'
import { type Journal, JournalFenced, type KeptSize, type Place } from './journal.ts'
import { type JournalRecord, packBeat, packRecord, packSnapshot, type Snapshot } from './record.ts'

export interface RoomPenOptions {
  journal: Journal
  roomId: string
  epoch: number
  /** What earlier writers left in the journal, oldest first. */
  kept: readonly KeptSize[]
  now: () => number
  logger: Logger
  /** A later writer has the room. Called once. */
  fenced: () => void
  /** Everything up to the newest record, for whoever begins here. */
  snapshot: () => Omit<Snapshot, 'epoch' | 'n' | 'at'>
}

type Parts = Omit<JournalRecord, 'epoch' | 'n' | 'at'>

interface Page {
  at: Place
  bytes: Buffer
}

export class RoomPen {
  readonly contact = new Contact()
  readonly #options: RoomPenOptions
  #n = 0
  /** Sizes of what the journal keeps, oldest first. */
  readonly #kept: KeptSize[]
  #keptBytes: number
  #bytesSinceSnapshot = 0
  #snapshotAt: number
  /** Written while the journal was away, oldest first. */
  #unkept: Page[] = []
  #unkeptBytes = 0
  #isAway = false
  #retry: NodeJS.Timeout | undefined
  #isOver = false
  /** Set with the last record: resolves when the snapshot behind it is kept. */
  #last: Promise<void> | undefined

  constructor(options: RoomPenOptions) {
    this.#options = options
    this.#kept = [...options.kept]
    this.#keptBytes = this.#kept.reduce((sum, { bytes }) => sum + bytes, 0)
    this.#snapshotAt = options.now()
  }

  /** Number of the newest record. */
  get n(): number {
    return this.#n
  }

  /** The journal is away: frames leave without being kept. */
  get isAway(): boolean {
    return this.#isAway
  }

  /**
   * Keeps a frame. Resolves with whether it may be shown: not when another writer has the room.
   * Undefined when it may be shown at once, because the journal is away.
   */
  write(parts: Parts): Promise<boolean> | undefined {
    // What happens behind the last record is no part of what is handed over.
    if (this.#isOver || this.#last !== undefined) return Promise.resolve(false)
    const { epoch, now } = this.#options
    this.#n += 1
    const at = { epoch, n: this.#n }
    const page = { at, bytes: packRecord({ ...parts, ...at, at: now() }) }
    this.#bytesSinceSnapshot += page.bytes.byteLength
    if (this.#isAway) {
      this.#putBy(page)
      return undefined
    }
    const isLast = parts.hidden?.isLast ?? false
    // Made now, when the state is what this record makes of it.
    const snapshot = isLast || this.#isSnapshotDue() ? this.#makeSnapshot() : undefined
    const kept = this.#keep(page)
    const behind = kept.then(() => snapshot && this.#keepSnapshot(snapshot))
    // Without it a successor has more to read; the next one comes soon.
    behind.catch(() => {})
    if (isLast) this.#last = behind
    return kept.then(
      () => true,
      (error: unknown) => this.#failed(error, page),
    )
  }

  /** Tells followers that the writer lives. */
  beat(): void {
    const { journal, roomId, epoch, now } = this.#options
    if (this.#isOver || this.#isAway) return
    const askedAt = performance.now()
    const told = journal.tell(roomId, packBeat({ epoch, n: this.#n, at: now() }))
    // One that is lost is followed by another.
    told.then(
      () => this.#reached(askedAt),
      () => this.contact.failed(),
    )
  }

  /** A last snapshot, for whoever goes on. */
  async lay(): Promise<void> {
    if (this.#isOver) return
    if (!this.#isAway) await (this.#last ?? this.#keepSnapshot(this.#makeSnapshot()))
    this.stop()
  }

  /** Nothing is written any more; what could not be kept is lost to a successor. */
  stop(): void {
    this.#isOver = true
    clearTimeout(this.#retry)
  }

  async #keep({ at, bytes }: Page): Promise<void> {
    const { journal, roomId } = this.#options
    const size = bytes.byteLength
    while (this.#keptBytes + size > kitLimits.journalBytesMax && this.#kept.length > 0) {
      this.#keptBytes -= (this.#kept.shift() as KeptSize).bytes
    }
    const keepFrom = this.#kept[0]?.at ?? at
    const askedAt = performance.now()
    await journal.append(roomId, at, bytes, keepFrom)
    this.#reached(askedAt)
    this.#kept.push({ at, bytes: size })
    this.#keptBytes += size
  }

  #failed(error: unknown, page: Page): boolean {
    if (error instanceof JournalFenced) {
      this.#lose()
      return false
    }
    if (!this.#isAway) {
      const { logger, roomId } = this.#options
      logger.warn({ err: error, room: roomId }, 'the journal is away; the room goes on without')
    }
    this.#isAway = true
    this.contact.failed()
    this.#putBy(page)
    this.#retryLater()
    return true
  }

  #putBy(page: Page): void {
    this.#unkept.push(page)
    this.#unkeptBytes += page.bytes.byteLength
    while (this.#unkeptBytes > kitLimits.journalBytesMax) {
      this.#unkeptBytes -= (this.#unkept.shift() as Page).bytes.byteLength
    }
  }

  #retryLater(): void {
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.#catchUp(), kitLimits.journalRetryMs)
    this.#retry.unref()
  }

  async #catchUp(): Promise<void> {
    const { logger, roomId } = this.#options
    let askedAt = 0
    try {
      for (let page = this.#unkept[0]; page !== undefined; page = this.#unkept[0]) {
        askedAt = performance.now()
        await this.#keep(page)
        // Meanwhile it may have made room for newer ones.
        if (this.#unkept[0] !== page) continue
        this.#unkept.shift()
        this.#unkeptBytes -= page.bytes.byteLength
      }
      this.#isAway = false
      this.#reached(askedAt)
      logger.info({ room: roomId }, 'the journal is back and has everything')
      // The next record takes one: those who follow may have missed what was let go.
      this.#snapshotAt = 0
    } catch (error) {
      if (error instanceof JournalFenced) this.#lose()
      else this.#retryLater()
    }
  }

  /** While frames wait to be kept it is not back. */
  #reached(askedAt: number): void {
    if (!this.#isAway && !this.#isOver) this.contact.reached(askedAt)
  }

  #lose(): void {
    if (this.#isOver) return
    this.stop()
    this.#options.fenced()
  }

  #isSnapshotDue(): boolean {
    const isLong = this.#bytesSinceSnapshot >= kitLimits.snapshotBytes
    const isOld = this.#options.now() - this.#snapshotAt >= kitLimits.snapshotEveryMs
    return isLong || isOld
  }

  #makeSnapshot(): Buffer {
    const { epoch, now, snapshot } = this.#options
    this.#bytesSinceSnapshot = 0
    this.#snapshotAt = now()
    return packSnapshot({ ...snapshot(), epoch, n: this.#n, at: this.#snapshotAt })
  }

  async #keepSnapshot(bytes: Buffer): Promise<void> {
    const { journal, roomId, epoch } = this.#options
    try {
      await journal.snapshot(roomId, epoch, bytes)
    } catch (error) {
      this.#snapshotAt = 0
      if (error instanceof JournalFenced) this.#lose()
      throw error
    }
  }
}
