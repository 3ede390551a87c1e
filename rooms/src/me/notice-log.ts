/**
 * The log of a personal room is its owner's kept notices: the same numbers, whether the room was
 * open or not, so whoever comes back reads what was told meanwhile. Storing is done before.
 */
import type { LogArchive, LogRecord, NoticeBox, NumberedNotice } from '../ports.ts'

/** One for each room. */
export class NoticeLog implements LogArchive {
  readonly #box: NoticeBox
  readonly #ownerId: () => string
  #head = 0

  constructor(box: NoticeBox, ownerId: () => string) {
    this.#box = box
    this.#ownerId = ownerId
  }

  async open(roomId: string): Promise<{ epoch: number; head: number }> {
    const found = await this.#box.open(this.#ownerId())
    if (found === null) throw new Error(`nobody may have the room ${roomId}`)
    this.#head = found.head
    // Numbers never change their meaning here, so there is one epoch for ever.
    return { epoch: 1, head: found.head }
  }

  async tail(_roomId: string, limit: number): Promise<LogRecord[]> {
    const newest = await this.#box.tail(this.#ownerId(), limit)
    // What came since the head was read is announced like anything that comes later.
    return newest.filter(({ seq }) => seq <= this.#head).map(recordOf)
  }

  append(): boolean {
    return true
  }

  amend(): boolean {
    return true
  }

  async flush(): Promise<void> {}

  async closeRoom(): Promise<void> {}
}

function recordOf({ seq, notice }: NumberedNotice): LogRecord {
  return { type: 'notice.posted', entry: { seq, at: notice.at, notice } }
}
