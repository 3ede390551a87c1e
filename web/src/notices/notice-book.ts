/**
 * The notices a page knows, newest first, each once: by page from the server, one by one from the
 * personal room. What was read on another device is read here.
 */
import type { Notice, NoticePage } from '@odeon/sdk'

export interface NoticeList {
  status: 'closed' | 'loading' | 'ready' | 'failed'
  notices: readonly Notice[]
  /** True while the server has older ones. */
  more: boolean
}

export const bookLimits = { pageSize: 20, shownMax: 500 } as const

type ReadPage = (query: { before?: string; limit: number }) => Promise<NoticePage>

const blank: NoticeList = { status: 'closed', notices: [], more: true }

export class NoticeBook {
  readonly #readPage: ReadPage
  readonly #listeners = new Set<() => void>()
  #list: NoticeList = blank
  #reading = 0

  constructor(readPage: ReadPage) {
    this.#readPage = readPage
  }

  readonly list = (): NoticeList => this.#list

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Reads the newest page: at first, after a failure, and when something may be missing. */
  readonly refresh = (): Promise<void> => this.#read(undefined)

  /** Reads the page behind the oldest that is here. */
  readonly readOlder = (): Promise<void> => {
    const { status, notices, more } = this.#list
    if (status === 'loading' || !more || notices.length >= bookLimits.shownMax) {
      return Promise.resolve()
    }
    return this.#read(notices.at(-1)?.id)
  }

  posted(notice: Notice): void {
    // Before the first page there is nothing to stand in front of.
    if (this.#list.status === 'closed') return
    this.#show({ ...this.#list, notices: merged(this.#list.notices, [notice]) })
  }

  /** One was read, or all (null). */
  marked(id: string | null, at: number): void {
    const isMeant = (notice: Notice) => notice.readAt === null && (id === null || notice.id === id)
    if (!this.#list.notices.some(isMeant)) return
    const notices = this.#list.notices.map((notice) =>
      isMeant(notice) ? { ...notice, readAt: at } : notice,
    )
    this.#show({ ...this.#list, notices })
  }

  /** Somebody else is here. */
  clear(): void {
    this.#reading += 1
    this.#show(blank)
  }

  async #read(before: string | undefined): Promise<void> {
    const reading = (this.#reading += 1)
    this.#show({ ...this.#list, status: 'loading' })
    try {
      const query = { limit: bookLimits.pageSize, ...(before !== undefined && { before }) }
      const page = await this.#readPage(query)
      if (reading !== this.#reading) return
      const known = this.#list.notices
      // A newest page that does not reach what is known leaves a hole: what is known goes.
      const isJoined = before !== undefined || !page.more || known.some(isOn(page))
      const notices = merged(isJoined ? known : [], page.notices)
      const isEnd = before !== undefined || !isJoined || known.length <= page.notices.length
      this.#show({ status: 'ready', notices, more: isEnd ? page.more : this.#list.more })
    } catch {
      if (reading === this.#reading) this.#show({ ...this.#list, status: 'failed' })
    }
  }

  #show(list: NoticeList): void {
    this.#list = list
    for (const listener of this.#listeners) listener()
  }
}

const isOn = (page: NoticePage) => (notice: Notice) =>
  page.notices.some(({ id }) => id === notice.id)

/** Newest first. Of two of one notice the one that was read stands. */
function merged(known: readonly Notice[], more: readonly Notice[]): Notice[] {
  const byId = new Map(known.map((notice) => [notice.id, notice]))
  for (const notice of more) {
    const readAt = notice.readAt ?? byId.get(notice.id)?.readAt ?? null
    byId.set(notice.id, { ...notice, readAt })
  }
  const newest = (a: Notice, b: Notice) => b.at - a.at || (a.id < b.id ? 1 : -1)
  return [...byId.values()].sort(newest).slice(0, bookLimits.shownMax)
}
