/** A reload comes back to what was being read: kept for this tab, looked for within a bound. */
import { type RefObject, useEffect } from 'react'
import type { ChatFeed } from './chat-feed.ts'
import { anchorOf } from './chat-scroll.ts'
import type { ChatWindow } from './use-chat-window.ts'
import { useLatest } from './use-latest.ts'

const olderPagesMax = 6

function placeKey(streamId: string): string {
  return `odeon.place:${streamId}`
}

export function useKeptPlace(
  feed: ChatFeed,
  view: ChatWindow,
  box: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
): void {
  const show = useLatest(view.show)

  useEffect(() => {
    const key = placeKey(feed.streamId)
    const keep = () => {
      const [frame, lines] = [box.current, list.current]
      const anchor = frame && lines && !feed.log.following ? anchorOf(frame, lines) : null
      if (anchor) sessionStorage.setItem(key, anchor.key)
      else sessionStorage.removeItem(key)
    }
    addEventListener('pagehide', keep)
    return () => removeEventListener('pagehide', keep)
  }, [feed, box, list])

  useEffect(() => {
    const kept = sessionStorage.getItem(placeKey(feed.streamId))
    if (kept === null) return
    sessionStorage.removeItem(placeKey(feed.streamId))
    const leaving = new AbortController()
    const find = async () => {
      for (let page = 0; page < olderPagesMax && !leaving.signal.aborted; page++) {
        if (show.current(kept)) return
        await feed.loadOlder()
        if (feed.history !== 'more') break
      }
      if (!leaving.signal.aborted) show.current(kept)
    }
    // The first lines come a moment after the room.
    const timer = setTimeout(() => void find(), 250)
    return () => {
      leaving.abort()
      clearTimeout(timer)
    }
  }, [feed, show])
}
