/** Lists of people that channels share: `odeon.channels.banLists`. */
import type { Session } from '../auth/session.ts'
import type { BanList, BanListEntry, ListMode, Page } from './shapes.ts'

export interface ListQuery extends Page {
  /** Your own (unless told), those you follow, or what others have published. */
  of?: 'own' | 'followed' | 'published'
  /** Words in the name of the list or the channel. */
  query?: string
}

export interface ListWords {
  name: string
  about?: string
  /** Others may see and follow it. */
  isPublished?: boolean
}

export class BanLists {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** As `handle` sees them; its crew only. */
  list(handle: string, query: ListQuery = {}): Promise<{ lists: BanList[]; more: boolean }> {
    return this.#session.send({ method: 'GET', path: path(handle), query: { ...query } })
  }

  /** The host only, as `change`, `remove`, `follow`, `unfollow`. Refused with `too_many`. */
  make(handle: string, words: ListWords): Promise<{ id: string }> {
    return this.#session.send({ method: 'POST', path: path(handle), body: words })
  }

  change(handle: string, listId: string, words: Partial<ListWords>): Promise<void> {
    return this.#session.send({ method: 'PATCH', path: path(handle, listId), body: words })
  }

  /** Lifts what it caused, everywhere. */
  remove(handle: string, listId: string): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: path(handle, listId) })
  }

  /** Of a list that the channel keeps or follows. */
  entries(
    handle: string,
    listId: string,
    page: Page = {},
  ): Promise<{ entries: BanListEntry[]; more: boolean }> {
    const query = { ...page }
    return this.#session.send({ method: 'GET', path: `${path(handle, listId)}/entries`, query })
  }

  /** The crew. Refused with `already_so`, `no_such_person`, `outranked`, `too_many`. */
  add(
    handle: string,
    listId: string,
    entry: { userId: string; source?: string; reason?: string; expiresAt?: number },
  ): Promise<{ id: string }> {
    const call = { method: 'POST', path: `${path(handle, listId)}/entries`, body: entry } as const
    return this.#session.send(call)
  }

  /** Lifts what the entry caused in every channel that follows the list. */
  revoke(handle: string, listId: string, entryId: string): Promise<void> {
    const entry = `${path(handle, listId)}/entries/${encodeURIComponent(entryId)}`
    return this.#session.send({ method: 'DELETE', path: entry })
  }

  /** `mark` holds what people on it say; `ban` bans them from chat. */
  follow(handle: string, listId: string, mode: ListMode): Promise<void> {
    const body = { mode }
    return this.#session.send({ method: 'PUT', path: `${path(handle, listId)}/subscription`, body })
  }

  /** Lifts what the list caused in the channel. */
  unfollow(handle: string, listId: string): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: `${path(handle, listId)}/subscription` })
  }
}

function path(handle: string, listId?: string): string {
  const lists = `/v1/channels/${encodeURIComponent(handle)}/ban-lists`
  return listId === undefined ? lists : `${lists}/${encodeURIComponent(listId)}`
}
