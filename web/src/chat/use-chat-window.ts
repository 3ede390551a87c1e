/**
 * Which lines are in the page: the newest while following, a sliding window while reading older
 * ones. Real lines with real heights, bounded either way, so nothing is guessed and nothing jumps.
 */
import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ChatFeed } from './chat-feed.ts'
import { type Anchor, anchorOf, isAtBottom, restore } from './chat-scroll.ts'
import { inOrder, type Line } from './lines.ts'
import { useLatest } from './use-latest.ts'

export const windowLimits = {
  followingRows: 90,
  readingRows: 360,
  stepRows: 120,
  nearPx: 400,
} as const

function indexFrom(lines: readonly Line[], first: Line | null): number {
  if (!first) return Math.max(0, lines.length - windowLimits.readingRows)
  const index = lines.findIndex((line) => inOrder(line, first) >= 0)
  return index === -1 ? Math.max(0, lines.length - windowLimits.readingRows) : index
}

export interface ChatWindow {
  lines: readonly Line[]
  above: Line | undefined
  onScroll: () => void
  toNewest: () => void
  /** Lets nothing move until `release`, without the reader having scrolled. */
  hold: () => void
  release: () => void
  isHeld: boolean
  /** Brings a line that is held into view; false when it is not. */
  show: (key: string) => boolean
}

export function useChatWindow(
  feed: ChatFeed,
  boxRef: RefObject<HTMLElement | null>,
  listRef: RefObject<HTMLElement | null>,
): ChatWindow {
  const { log } = feed
  const [first, setFirst] = useState<Line | null>(null)
  const [isHeld, setHeld] = useState(false)
  const anchor = useRef<Anchor | null>(null)
  const lastTop = useRef(0)

  const from = log.following
    ? Math.max(0, log.lines.length - windowLimits.followingRows)
    : indexFrom(log.lines, first)
  const to = log.following ? undefined : from + windowLimits.readingRows
  const lines = log.lines.slice(from, to)

  useLayoutEffect(() => {
    const box = boxRef.current
    const list = listRef.current
    if (!box || !list) return
    if (log.following) box.scrollTop = box.scrollHeight
    else if (anchor.current) restore(box, list, anchor.current)
    lastTop.current = box.scrollTop
  })

  const newest = useLatest({ lines, from })

  const moves = useMemo(() => {
    const stop = () => {
      const box = boxRef.current
      const list = listRef.current
      if (!box || !list) return
      if (log.following) {
        log.stopFollowing()
        setFirst(newest.current.lines[0] ?? null)
        feed.changed()
      }
      anchor.current = anchorOf(box, list)
    }
    const toNewest = () => {
      log.follow()
      anchor.current = null
      setHeld(false)
      feed.changed()
    }
    const slide = (by: number) => {
      const at = newest.current.from + by
      const next = log.lines[Math.max(0, Math.min(log.lines.length - 1, at))]
      if (next) setFirst(next)
    }
    const show = (key: string) => {
      const index = log.lines.findIndex((line) => line.key === key)
      if (index === -1) return false
      stop()
      setHeld(false)
      setFirst(log.lines[Math.max(0, index - windowLimits.stepRows)] ?? null)
      anchor.current = { key, offset: (boxRef.current?.clientHeight ?? 0) / 3 }
      feed.changed()
      return true
    }
    return { stop, toNewest, slide, show }
  }, [feed, log, boxRef, listRef, newest])

  const onScroll = () => {
    const box = boxRef.current
    const list = listRef.current
    if (!box || !list) return
    const movedUp = box.scrollTop < lastTop.current - 1
    const movedDown = box.scrollTop > lastTop.current
    if (!movedUp && !movedDown) return
    lastTop.current = box.scrollTop
    const atBottom = isAtBottom(box)
    if (log.following && (atBottom || !movedUp)) return
    if (isHeld) setHeld(false)
    moves.stop()
    const last = lines.at(-1)
    const below = box.scrollHeight - box.scrollTop - box.clientHeight
    const isTail = last === log.lines.at(-1)
    if (atBottom && isTail && !log.detached) moves.toNewest()
    else if (movedDown && below < windowLimits.nearPx && !isTail) moves.slide(windowLimits.stepRows)
    else if (movedUp && box.scrollTop < windowLimits.nearPx) {
      if (from > 0) moves.slide(-windowLimits.stepRows)
      else void feed.loadOlder()
    }
  }

  const hold = useCallback(() => {
    if (!log.following) return
    moves.stop()
    setHeld(true)
  }, [log, moves])
  const held = useLatest(isHeld)
  const release = useCallback(() => {
    if (held.current) moves.toNewest()
  }, [held, moves])

  useSizeKept(boxRef, listRef, log, anchor)
  return {
    lines,
    above: log.lines[from - 1],
    onScroll,
    toNewest: moves.toNewest,
    hold,
    release,
    isHeld,
    show: moves.show,
  }
}

/** When the box itself changes size (keyboard, rotation, panels), what is read stays in place. */
function useSizeKept(
  boxRef: RefObject<HTMLElement | null>,
  listRef: RefObject<HTMLElement | null>,
  log: ChatFeed['log'],
  anchor: RefObject<Anchor | null>,
): void {
  useEffect(() => {
    const box = boxRef.current
    const list = listRef.current
    if (!box || !list) return
    const observer = new ResizeObserver(() => {
      if (log.following) box.scrollTop = box.scrollHeight
      else if (anchor.current) restore(box, list, anchor.current)
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [boxRef, listRef, log, anchor])
}
