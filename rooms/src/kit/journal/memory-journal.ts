/** The journal of one process: for rooms and relays that share it, and for tests. */
import {
  isBefore,
  type Journal,
  JournalFenced,
  type Kept,
  type Place,
  type Unfollow,
} from './journal.ts'

type Hear = (bytes: Buffer) => void

interface Book {
  fence: number
  snapshot: Buffer | undefined
  pages: { at: Place; record: Buffer }[]
}

export class MemoryJournal implements Journal {
  readonly #books = new Map<string, Book>()
  readonly #followers = new Map<string, Set<Hear>>()
  readonly #listeners = new Map<string, Set<Hear>>()

  async claim(roomId: string, epoch: number): Promise<Kept> {
    const book = this.#books.get(roomId) ?? { fence: 0, snapshot: undefined, pages: [] }
    if (book.fence >= epoch) throw new JournalFenced(`epoch ${book.fence} has room ${roomId}`)
    book.fence = epoch
    this.#books.set(roomId, book)
    return keptIn(book)
  }

  async append(roomId: string, at: Place, record: Buffer, keepFrom: Place): Promise<void> {
    const book = this.#bookOf(roomId, at.epoch)
    while (book.pages[0] !== undefined && isBefore(book.pages[0].at, keepFrom)) book.pages.shift()
    const last = book.pages.at(-1)
    // Said twice because nobody knew whether the first time had worked.
    if (last !== undefined && !isBefore(last.at, at)) return
    book.pages.push({ at, record })
    call(this.#followers.get(roomId), record)
  }

  async snapshot(roomId: string, epoch: number, snapshot: Buffer): Promise<void> {
    this.#bookOf(roomId, epoch).snapshot = snapshot
  }

  async tell(roomId: string, word: Buffer): Promise<void> {
    call(this.#followers.get(roomId), word)
  }

  async drop(roomId: string, epoch: number): Promise<void> {
    const book = this.#books.get(roomId)
    if (book !== undefined && book.fence <= epoch) this.#books.delete(roomId)
  }

  async read(roomId: string): Promise<Kept> {
    return keptIn(this.#books.get(roomId))
  }

  async since(roomId: string, after: Place, max: number): Promise<Buffer[]> {
    const pages = this.#books.get(roomId)?.pages ?? []
    const later = pages.filter(({ at }) => isBefore(after, at))
    return later.slice(0, max).map(({ record }) => record)
  }

  async follow(roomId: string, hear: Hear): Promise<Unfollow> {
    return enlist(this.#followers, roomId, hear)
  }

  async ask(roomId: string, bytes: Buffer): Promise<void> {
    call(this.#listeners.get(roomId), bytes)
  }

  async listen(roomId: string, hear: Hear): Promise<Unfollow> {
    return enlist(this.#listeners, roomId, hear)
  }

  /** The writer's book; one that was forgotten begins anew. */
  #bookOf(roomId: string, epoch: number): Book {
    const book = this.#books.get(roomId) ?? { fence: epoch, snapshot: undefined, pages: [] }
    if (book.fence > epoch) throw new JournalFenced(`epoch ${book.fence} has room ${roomId}`)
    book.fence = epoch
    this.#books.set(roomId, book)
    return book
  }
}

function keptIn(book: Book | undefined): Kept {
  return { snapshot: book?.snapshot, records: book?.pages.map(({ record }) => record) ?? [] }
}

function enlist(all: Map<string, Set<Hear>>, roomId: string, hear: Hear): Unfollow {
  const here = all.get(roomId) ?? new Set()
  all.set(roomId, here.add(hear))
  return () => {
    here.delete(hear)
    if (here.size === 0) all.delete(roomId)
  }
}

function call(hearers: Set<Hear> | undefined, bytes: Buffer): void {
  // In a turn of their own, as over a network.
  for (const hear of hearers ?? []) setImmediate(() => hear(bytes))
}
