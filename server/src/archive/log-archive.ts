/**
 * The kept log of rooms in PostgreSQL (CHAT-12, 13): the `LogArchive` port, pages of it, its
 * health.
 */
import type { LogArchive, Logger, LogRecord } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import type { Database } from '../platform/database.ts'
import { codeOf } from '../platform/database/fault.ts'
import { within } from '../platform/within.ts'
import { meterArchive } from './archive-meter.ts'
import { openEpoch, sealEpochs } from './epochs.ts'
import { archiveLimits } from './limits.ts'
import { OwnSpool } from './own-spool.ts'
import {
  type Conflict,
  type QueuedRecord,
  queued,
  type Reservation,
  writeBatch,
} from './write-batch.ts'
import { QueueClosed, WriteQueue } from './write-queue.ts'

export interface Archive extends LogArchive {
  /** Records before `before` (or the newest), oldest first, what is still queued included. */
  page(
    roomId: string,
    options: { before?: number; limit: number },
  ): Promise<{ records: LogRecord[]; more: boolean }>
  stats(): ArchiveStats
  /** Rejects when storing has failed for long or the queue is nearly full. */
  probe(): Promise<void>
  /** Stores what is queued, at most so long, and gives the reserved numbers back. */
  close(withinMs: number): Promise<void>
}

export interface ArchiveStats {
  /** Rooms that run here. */
  rooms: number
  queued: number
  /** Unix ms since when storing fails; 0 while it works. */
  failingSince: number
  stored: number
  /** Records that could never be stored, each logged. */
  givenUp: number
  /** Records under whose number another writer of the room had stored something else. */
  conflicts: number
}

/** A room as this process runs it. */
interface Room {
  epoch: number
  /** Highest seq shown to us, taken or refused. */
  lastSeq: number
  storedSeq: number
  /** Highest seq this epoch may give out: what the database has been told. */
  reservedTo: number
  /** Tells the room that another process runs it now. */
  lost: (() => void) | undefined
}

export interface ArchiveDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  log: Logger
  now(): number
  registry?: Registry | undefined
  /** Folder for what is announced and not yet stored. Without it a kill costs the last entries. */
  spoolDir?: string
}

export class PostgresLogArchive implements Archive {
  readonly #deps: ArchiveDeps
  readonly #rooms = new Map<string, Room>()
  readonly #queue: WriteQueue<QueuedRecord>
  readonly #spool: OwnSpool
  #stored = 0
  #givenUp = 0
  #conflicts = 0
  #closed: Promise<void> | undefined

  constructor(deps: ArchiveDeps) {
    this.#deps = deps
    this.#queue = new WriteQueue({
      write: (batch) => this.#write(batch),
      // Data exceptions and exceeded limits lie in a record; all else passes with time.
      isFaultOfItems: (error) => /^(22|54)/.test(codeOf(error)),
      givenUp: ({ roomId, record }, err) => {
        this.#givenUp += 1
        const { seq } = record.entry
        deps.log.error({ err, roomId, seq, type: record.type }, 'a log entry cannot be stored')
        this.#spool.distrust()
      },
      failed: (err, retryInMs) =>
        deps.log.warn({ err, retryInMs, queued: this.#queue.length }, 'the archive cannot store'),
      done: (count) => this.#spool.stored(count),
    })
    this.#spool = new OwnSpool({
      dir: deps.spoolDir,
      log: deps.log,
      store: (found) => {
        // A closed queue takes nothing; what it did not take must stay in the spool.
        if (!this.#queue.push(found)) return Promise.reject(new QueueClosed('the queue is closed'))
        return this.#queue.drained()
      },
    })
    if (deps.registry !== undefined) meterArchive(() => this.stats(), deps.registry)
    this.#spool.opened().catch((err) => deps.log.warn({ err }, 'closed while the spool was read'))
  }

  async open(
    roomId: string,
    lost?: () => void,
    prove?: (epoch: number) => Promise<number | undefined>,
  ): Promise<{ epoch: number; head: number }> {
    const behind = this.#spool.opened().then(() => this.#queue.drained())
    const stored = await within(archiveLimits.openWaitMs, behind)
    if (stored === 'late') throw new Error(`the archive is behind; room ${roomId} cannot open`)
    const opened = await openEpoch(this.#deps.database.transaction, roomId, {
      own: this.#rooms.get(roomId),
      writer: this.#spool.writer,
    })
    const { epoch, reservedTo, stored: storedHead } = opened
    const proven = await prove?.(epoch)
    // What is stored was announced: whoever knows of less does not know all.
    const head = proven !== undefined && proven >= storedHead ? proven : opened.head
    const before = this.#rooms.get(roomId)
    this.#rooms.set(roomId, { epoch, reservedTo, lastSeq: head, storedSeq: head, lost })
    before?.lost?.()
    return { epoch, head }
  }

  async closeRoom(roomId: string, epoch: number): Promise<void> {
    await this.#queue.drained()
    const room = this.#rooms.get(roomId)
    if (room?.epoch !== epoch) return
    room.lost = undefined
    // Without it the numbers of the room jump at its next opening; nothing else is the worse.
    if (room.storedSeq >= room.lastSeq) {
      const { sql } = this.#deps.database
      const sealed = sealEpochs(sql, [{ roomId, epoch, lastSeq: room.lastSeq }])
      await sealed.catch((err) =>
        this.#deps.log.warn({ err, roomId }, 'unused numbers were not given back'),
      )
    }
    // It may have been opened again meanwhile.
    if (this.#rooms.get(roomId) === room) this.#rooms.delete(roomId)
  }

  async tail(roomId: string, limit: number): Promise<LogRecord[]> {
    return (await this.#read(roomId, undefined, limit)).toReversed()
  }

  append(roomId: string, epoch: number, records: LogRecord[]): boolean {
    const room = this.#rooms.get(roomId)
    const last = records.at(-1)
    if (!last) return true
    if (!room || room.epoch !== epoch) return false
    room.lastSeq = last.entry.seq
    if (last.entry.seq > room.reservedTo || !this.#queue.hasRoomFor(records.length)) {
      // Viewers have seen them, and until they come again they are kept nowhere.
      this.#spool.distrust()
      return false
    }
    const items = records.map((record) => queued(roomId, epoch, record))
    this.#queue.push(items)
    this.#spool.append(items, this.#queue.taken)
    return true
  }

  amend(roomId: string, epoch: number, records: LogRecord[]): boolean {
    const room = this.#rooms.get(roomId)
    if (!room || room.epoch !== epoch) return false
    if (!this.#queue.hasRoomFor(records.length)) return false
    const items = records.map((record) => queued(roomId, epoch, record, true))
    this.#queue.push(items)
    this.#spool.append(items, this.#queue.taken)
    return true
  }

  flush(): Promise<void> {
    return this.#queue.drained()
  }

  async page(roomId: string, { before, limit }: { before?: number; limit: number }) {
    const room = this.#rooms.get(roomId)
    if (room && room.storedSeq < room.lastSeq && room.storedSeq + 1 < (before ?? Infinity)) {
      // Late entries are better than none: when storing is slow, the page has what is stored.
      await within(archiveLimits.pageWaitMs, this.#queue.drained())
    }
    const found = await this.#read(roomId, before, limit + 1)
    return { records: found.slice(0, limit).toReversed(), more: found.length > limit }
  }

  stats(): ArchiveStats {
    return {
      rooms: this.#rooms.size,
      queued: this.#queue.length,
      failingSince: this.#queue.failingSince ?? 0,
      stored: this.#stored,
      givenUp: this.#givenUp,
      conflicts: this.#conflicts,
    }
  }

  async probe(): Promise<void> {
    const { failingSince } = this.#queue
    if (failingSince !== undefined) {
      const forMs = this.#deps.now() - failingSince
      if (forMs > archiveLimits.unhealthyAfterMs) throw new Error(`storing fails for ${forMs} ms`)
    }
    if (this.#queue.length > archiveLimits.queueMax * 0.9) throw new Error('the queue is full')
  }

  close(withinMs: number): Promise<void> {
    this.#closed ??= this.#close(withinMs)
    return this.#closed
  }

  async #close(withinMs: number): Promise<void> {
    const { database, log } = this.#deps
    await within(
      withinMs,
      this.#spool.opened().then(() => this.#queue.drained()),
    ).catch((err) => log.error({ err }, 'the archive closes before it is done'))
    const left = this.#queue.close()
    const isSpooled = this.#spool.isKept
    await this.#spool.close()
    if (left > 0) {
      if (isSpooled) log.warn({ left }, 'log entries wait in the spool for the next start')
      else log.error({ lost: left }, 'log entries were lost: they could not be stored in time')
      return
    }
    const rooms = [...this.#rooms].map(([roomId, room]) => ({ roomId, ...room }))
    if (rooms.length === 0) return
    // Without it the numbers of those rooms jump at the next opening; nothing else is the worse.
    const sealed = sealEpochs(database.sql, rooms)
    await sealed.catch((err) => log.warn({ err }, 'unused numbers were not given back'))
  }

  async #write(batch: QueuedRecord[]): Promise<void> {
    const reservations = this.#reservationsAfter(batch)
    const { sql } = this.#deps.database
    const { reserved, epochs, conflicts } = await writeBatch(sql, batch, reservations)
    this.#stored += batch.length - conflicts.length
    this.#refused(conflicts)
    for (const { roomId, epoch, record, amends } of batch) {
      const room = this.#rooms.get(roomId)
      if (room?.epoch === epoch && !amends) room.storedSeq = record.entry.seq
    }
    for (const { roomId, epoch, reservedTo } of reservations) {
      const room = this.#rooms.get(roomId)
      if (room?.epoch === epoch && reserved.has(roomId)) room.reservedTo = reservedTo
    }
    for (const [roomId, epoch] of epochs) {
      const room = this.#rooms.get(roomId)
      if (room !== undefined && room.epoch < epoch) this.#lose(roomId, room)
    }
  }

  /** What people were shown by a writer that did not know yet that another has the room. */
  #refused(conflicts: readonly Conflict[]): void {
    const [first] = conflicts
    if (first === undefined) return
    this.#conflicts += conflicts.length
    const facts = { ...first, conflicts: conflicts.length }
    this.#deps.log.error(facts, 'log entries are not kept: another writer has their numbers')
  }

  /** Rooms whose numbers will be running out once this batch is stored. */
  #reservationsAfter(batch: QueuedRecord[]): Reservation[] {
    const { reservedAhead, reservedLow } = archiveLimits
    const wanted = new Map<string, Reservation>()
    for (const { roomId, epoch, record, amends } of batch) {
      const room = this.#rooms.get(roomId)
      if (amends || room?.epoch !== epoch || room.reservedTo - record.entry.seq > reservedLow)
        continue
      const reservedTo = record.entry.seq + reservedAhead
      wanted.set(roomId, { roomId, epoch, reservedTo })
    }
    return [...wanted.values()]
  }

  /** Another process has opened the room: what was announced is kept, nothing more is taken. */
  #lose(roomId: string, room: Room): void {
    if (room.reservedTo === 0) return
    room.reservedTo = 0
    room.lost?.()
    room.lost = undefined
    this.#deps.log.error({ roomId, epoch: room.epoch }, 'another process writes this room now')
  }

  async #read(roomId: string, before: number | undefined, limit: number): Promise<LogRecord[]> {
    return await this.#deps.database.sql<LogRecord>`
      select type, entry from log_entries
      where room_id = ${roomId} and seq < ${before ?? Number.MAX_SAFE_INTEGER}
      order by seq desc limit ${limit}`
  }
}
