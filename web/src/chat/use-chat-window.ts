/**
 * Which lines are in the page: the newest while following, a sliding window while reading older
 * ones. Lines are bounded either way, so a room with 100 lines a second stays smooth.
 */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { ChatFeed } from './chat-feed.ts'
import { type Anchor, anchorOf, isAtBottom, restore } from './chat-scroll.ts'
import type { Line } from './chat-log.ts'

const followingRows = 150
const readingRows = 400
const stepRows = 120
const nearPx = 400

function indexFrom(lines: readonly Line[], seq: number): number {
  const index = lines.findIndex((line) => line.seq >= seq)
  return index === -1 ? Math.max(0, lines.length - readingRows) : index
}

export interface ChatWindow {
  lines: readonly Line[]
  above: Line | undefined
  onScroll: () => void
  toNewest: () => void
}

export function useChatWindow(
  feed: ChatFeed,
  boxRef: RefObject<HTMLElement | null>,
  listRef: RefObject<HTMLElement | null>,
): ChatWindow {
  const { log } = feed
  const [firstSeq, setFirstSeq] = useState(0)
  const anchor = useRef<Anchor | null>(null)
  const lastTop = useRef(0)

  const from = log.following
    ? Math.max(0, log.lines.length - followingRows)
    : indexFrom(log.lines, firstSeq)
  const lines = log.lines.slice(from, log.following ? undefined : from + readingRows)

  useLayoutEffect(() => {
    const box = boxRef.current
    const list = listRef.current
    if (!box || !list) return
    if (log.following) box.scrollTop = box.scrollHeight
    else if (anchor.current) restore(box, list, anchor.current)
    lastTop.current = box.scrollTop
  })

  const slide = (by: number) => {
    const next = log.lines[Math.max(0, Math.min(log.lines.length - 1, from + by))]
    if (next) setFirstSeq(next.seq)
  }

  const onScroll = () => {
    const box = boxRef.current
    const list = listRef.current
    if (!box || !list) return
    const movedUp = box.scrollTop < lastTop.current - 1
    const movedDown = box.scrollTop > lastTop.current
    lastTop.current = box.scrollTop
    const atBottom = isAtBottom(box)
    if (log.following) {
      if (atBottom || !movedUp) return
      const first = lines[0]
      log.stopFollowing()
      if (first) setFirstSeq(first.seq)
      feed.changed()
    }
    anchor.current = anchorOf(box, list)
    const last = lines.at(-1)
    const isWholeTail = !log.detached && last === log.lines.at(-1)
    if (atBottom && isWholeTail) toNewest()
    else if (
      movedDown &&
      box.scrollHeight - box.scrollTop - box.clientHeight < nearPx &&
      last !== log.lines.at(-1)
    )
      slide(stepRows)
    else if (box.scrollTop < nearPx && from > 0) slide(-stepRows)
    else if (box.scrollTop < nearPx && from === 0) void feed.loadOlder()
  }

  const toNewest = useCallback(() => {
    log.follow()
    anchor.current = null
    feed.changed()
  }, [log, feed])

  return { lines, above: log.lines[from - 1], onScroll, toNewest }
}
