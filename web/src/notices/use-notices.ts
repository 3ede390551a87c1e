/** What one is told: how much is unread for the bell, the notices for the panel and the page. */
import type { Notice } from '@odeon/sdk'
import { useEffect, useSyncExternalStore } from 'react'
import type { KeptStatus } from '../lobby/kept-room.ts'
import { useKeptRoom } from '../lobby/use-kept-room.ts'
import { onOwnRoom, ownRoom } from '../me/own-room.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { NoticeBook, type NoticeList } from './notice-book.ts'

const book = new NoticeBook((query) => odeon.me.notices(query))
/** Heard as they come, and not on joining: those are no news. */
const fresh = new Set<(notice: Notice) => void>()

onOwnRoom((room) => {
  room.on('notice.posted', ({ notice }, { replayed }) => {
    book.posted(notice)
    if (!replayed) for (const hear of fresh) hear(notice)
  })
  room.on('notice.marked', ({ id, at }) => book.marked(id, at))
  room.on('discontinuity', () => void refreshIfOpen())
  room.onConnection((connection) => {
    // `notice.marked` has no number: what was read while away is found in the page.
    if (connection === 'live') void refreshIfOpen()
  })
  void refreshIfOpen()
})

function refreshIfOpen(): Promise<void> {
  return book.list().status === 'closed' ? Promise.resolve() : book.refresh()
}

odeon.auth.onChange((user, before) => {
  if (user?.id !== before?.id) book.clear()
})

/** For the bell. 0 when nobody is signed in or the room was never reached. */
export function useUnread(): { status: KeptStatus; unread: number } {
  const { me } = useSession()
  const { status, state } = useKeptRoom(ownRoom, me !== null)
  return { status, unread: me === null ? 0 : (state?.unread ?? 0) }
}

export interface NoticesView extends NoticeList {
  /** Reads the next older page. */
  readOlder: () => Promise<void>
  /** Reads the newest page again, after a failure. */
  refresh: () => Promise<void>
  /** Marks one as read, or all; the other devices follow. */
  markRead: (id?: string) => Promise<void>
}

/** For the panel and the page: reads the newest page when first shown. */
export function useNotices(): NoticesView {
  const { me } = useSession()
  useKeptRoom(ownRoom, me !== null)
  const list = useSyncExternalStore(book.subscribe, book.list)
  const isClosed = list.status === 'closed'
  useEffect(() => {
    if (me !== null && isClosed) void book.refresh()
  }, [me, isClosed])
  return { ...list, readOlder: book.readOlder, refresh: book.refresh, markRead }
}

/** Calls back for each notice that comes while the page is open: a toast, a sound. */
export function useFreshNotice(hear: (notice: Notice) => void): void {
  useEffect(() => {
    fresh.add(hear)
    return () => void fresh.delete(hear)
  }, [hear])
}

async function markRead(id?: string): Promise<void> {
  await odeon.me.read(id)
  // The room says so too; this page need not wait for it.
  book.marked(id ?? null, Date.now())
}
