/**
 * Follows a room's journal: hands on every record once and in order, reads what it missed, begins
 * anew behind a hole, and notices when the writer has gone silent.
 */
import type { Logger, World } from '../../ports.ts'
import {
  isBefore,
  type Journal,
  JournalAway,
  type Place,
  type Unfollow,
} from '../journal/journal.ts'
import { type Past, readPast } from '../journal/past.ts'
import { type JournalRecord, unpackHeard, unpackRecord } from '../journal/record.ts'
import { kitLimits } from '../protocol.ts'

export interface FollowerOptions {
  journal: Journal
  roomId: string
  world: World
  logger: Logger
  /** The next record. */
  next: (record: JournalRecord) => void
  /** Records are gone that were not read: everything as it is now. */
  begin: (past: Past) => void
}

export class Follower {
  readonly #options: FollowerOptions
  #place: Place = { epoch: 0, n: 0 }
  #heardAt: number
  #reading: Promise<void> | undefined
  /** Something was missed while a read was under way. */
  #mustReadAgain = false
  #unfollow: Unfollow = () => {}

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#heardAt = options.world.now()
  }

  /** Resolves when it stands where the writer stands. Rejects while nobody can know the state. */
  async open(): Promise<void> {
    const { journal, roomId } = this.#options
    this.#unfollow = await journal.follow(roomId, (bytes) => this.#hear(bytes))
    try {
      await this.#begin()
    } catch (error) {
      this.stop()
      throw error
    }
  }

  /** Unix ms of the last sign of life of the writer. */
  get heardAt(): number {
    return this.#heardAt
  }

  stop(): void {
    this.#unfollow()
    this.#unfollow = () => {}
  }

  #hear(bytes: Buffer): void {
    const { world, logger, roomId } = this.#options
    try {
      const heard = unpackHeard(bytes)
      const at = heard.kind === 'record' ? heard.record : heard.beat
      // A passed-over writer may still say that it lives.
      if (at.epoch < this.#place.epoch) return
      this.#heardAt = world.now()
      if (heard.kind === 'record') this.#record(heard.record)
      else if (isBefore(this.#place, at)) this.#readOn()
    } catch (err) {
      logger.error({ err, room: roomId }, 'a relay could not follow its room')
    }
  }

  #record(record: JournalRecord): void {
    if (!isBefore(this.#place, record)) return
    if (this.#reading === undefined && this.#isNext(record)) this.#pass(record)
    else this.#readOn()
  }

  /** The first record of an epoch follows the last of the one before, whose number nobody said. */
  #isNext({ epoch, n }: Place): boolean {
    return epoch === this.#place.epoch && n === this.#place.n + 1
  }

  #pass(record: JournalRecord): void {
    const { epoch, n } = record
    this.#place = { epoch, n }
    this.#options.next(record)
  }

  #readOn(): void {
    if (this.#reading !== undefined) {
      this.#mustReadAgain = true
      return
    }
    this.#mustReadAgain = false
    const { logger, roomId } = this.#options
    this.#reading = this.#readMissed()
      .catch((err: unknown) => {
        // The next beat shows again that something is missing.
        if (err instanceof JournalAway) return
        logger.error({ err, room: roomId }, 'a relay could not read what it missed')
      })
      .finally(() => {
        this.#reading = undefined
        if (this.#mustReadAgain) this.#readOn()
      })
  }

  async #readMissed(): Promise<void> {
    const { journal, roomId } = this.#options
    const { followReadMax } = kitLimits
    const missed = await journal.since(roomId, this.#place, followReadMax)
    for (const bytes of missed) {
      const record = this.#read(bytes)
      // What cannot be read is passed over by reading everything.
      if (record === undefined) return await this.#begin()
      const isNewEpoch = record.epoch > this.#place.epoch && record.n === 1
      if (!isNewEpoch && !this.#isNext(record)) return await this.#begin()
      this.#pass(record)
    }
    if (missed.length === followReadMax) this.#mustReadAgain = true
  }

  #read(bytes: Buffer): JournalRecord | undefined {
    try {
      return unpackRecord(bytes)
    } catch (error) {
      this.#unread(error)
      return undefined
    }
  }

  #unread(err: unknown): void {
    const { logger, roomId } = this.#options
    logger.error({ err, room: roomId }, 'a relay could not read a part of its journal')
  }

  async #begin(): Promise<void> {
    const { journal, roomId, begin } = this.#options
    const past = readPast(await journal.read(roomId), (error) => this.#unread(error))
    if (past === undefined) throw new Error(`nobody has written room ${roomId}`)
    // The writer tells all of it again within seconds.
    if (past.state.length === 0) throw new Error(`the state of room ${roomId} is not known`)
    const { epoch, n } = past
    this.#place = { epoch, n }
    begin(past)
  }
}
