/** What a room hands to the archive, which never makes it wait; what it refuses is kept here. */
import type { LogArchive, LogRecord } from '../ports.ts'
import type { LogEntry } from './room-log.ts'

export class ArchiveFeed {
  readonly #archive: LogArchive
  readonly #roomId: string
  readonly #epoch: number
  #unarchived: LogRecord[] = []
  /** Replacements the archive has not taken yet; they go after what they replace. */
  #unamended: LogRecord[] = []

  /** `before` are entries of an earlier writer that the archive may lack. */
  constructor(
    archive: LogArchive,
    roomId: string,
    epoch: number,
    before: readonly LogRecord[] = [],
  ) {
    this.#archive = archive
    this.#roomId = roomId
    this.#epoch = epoch
    this.add(before)
    this.push()
  }

  /** Records the archive has not taken. */
  get length(): number {
    return this.#unarchived.length + this.#unamended.length
  }

  add(records: readonly LogRecord[]): void {
    for (const record of records) this.#unarchived.push(record)
  }

  /** Replaces what was added, or goes after it. */
  amend(record: LogRecord): void {
    const { seq } = record.entry
    this.#unarchived = this.#unarchived.map((one) => (one.entry.seq === seq ? record : one))
    this.#unamended.push(record)
  }

  push(): void {
    const [archive, roomId, epoch] = [this.#archive, this.#roomId, this.#epoch]
    if (this.#unarchived.length > 0 && archive.append(roomId, epoch, this.#unarchived)) {
      this.#unarchived = []
    }
    if (this.#unamended.length === 0 || this.#unarchived.length > 0) return
    if (archive.amend(roomId, epoch, this.#unamended)) this.#unamended = []
  }
}

export function recordOf({ type, entry }: LogEntry): LogRecord {
  return { type, entry: entry as LogRecord['entry'] }
}
