/**
 * The line that is pointed at, focused or pressed. While the crew points, or a menu is open, the
 * lines hold still, so that nobody acts on what slid under the pointer.
 */
import {
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ChatFeed } from './chat-feed.ts'
import type { ChatWindow } from './use-chat-window.ts'
import { useLatest } from './use-latest.ts'

export type LineMenuKind =
  | 'actions'
  | 'timeout'
  | 'person'
  | 'report'
  | 'reportPerson'
  | 'ban'
  | 'warn'

export interface Opened {
  kind: LineMenuKind
  /** Id of the line. */
  id: string
  anchor: HTMLElement
}

export interface ActiveLine {
  /** Id of the line that is pointed at or focused. */
  id: string | null
  row: () => HTMLElement | null
  opened: Opened | null
  open: (kind: LineMenuKind, id: string, anchor?: HTMLElement | null) => void
  close: () => void
  /** Leads to the field, where what is said next is written. */
  toField: () => void
  boxHandlers: object
  listHandlers: object
}

interface ActiveLineOptions {
  feed: ChatFeed
  box: RefObject<HTMLElement | null>
  list: RefObject<HTMLElement | null>
  view: ChatWindow
  /** Counts up with every change of the lines. */
  version: number
  onLeave: () => void
}

const idleMs = 6_000
const pressMs = 450
const pressSlackPx = 10

function lineAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('.chat-line[data-id]') : null
}

export function useActiveLine(options: ActiveLineOptions): ActiveLine {
  const { feed, list, view, version } = options
  const [id, setId] = useState<string | null>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  const point = useRef<{ x: number; y: number } | null>(null)
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined)

  const row = useCallback(
    () =>
      id === null
        ? null
        : (list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null),
    [id, list],
  )
  const open = useCallback(
    (kind: LineMenuKind, of: string, anchor?: HTMLElement | null) => {
      const found = list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(of)}"]`)
      const at = anchor ?? found
      if (!at) return
      view.hold()
      setId(of)
      setOpened({ kind, id: of, anchor: at })
    },
    [list, view],
  )
  const close = useCallback(() => {
    setOpened(null)
    if (!list.current?.contains(document.activeElement)) view.release()
  }, [list, view])

  // While lines move, whatever is under the resting pointer is the line it points at.
  useLayoutEffect(() => {
    if (!point.current || opened || !feed.log.following) return
    const under = lineAt(document.elementFromPoint(point.current.x, point.current.y))
    const now = under?.dataset.id ?? null
    if (now !== null && now !== id) setId(now)
  }, [version, id, opened, feed])
  useEffect(() => () => clearTimeout(idle.current), [])

  const rest = () => {
    clearTimeout(idle.current)
    idle.current = setTimeout(view.release, idleMs)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse' || opened) return
    point.current = { x: event.clientX, y: event.clientY }
    const under = lineAt(event.target)
    if (under?.dataset.id) setId(under.dataset.id)
    const isOnTools = event.target instanceof Element && event.target.closest('.line-tools')
    if (isOnTools || (feed.desk.isCrew && under)) {
      view.hold()
      rest()
    }
  }
  const onPointerLeave = (event: PointerEvent) => {
    if (event.pointerType !== 'mouse') return
    point.current = null
    clearTimeout(idle.current)
    if (opened || list.current?.contains(document.activeElement)) return
    setId(null)
    view.release()
  }

  const touch = useLongPress((of) => open('actions', of))
  const keys = useLineKeys({ ...options, setId, open, opened })
  const onClick = (event: { target: EventTarget | null }) => {
    const target = event.target instanceof Element ? event.target.closest('[data-act]') : null
    const of = lineAt(target)?.dataset.id
    if (!of || !(target instanceof HTMLElement)) return
    if (target.dataset.act === 'person') open('person', of, target)
    else jumpTo(feed, view, of)
  }
  return {
    id,
    row,
    opened,
    open,
    close,
    toField: options.onLeave,
    boxHandlers: { ...touch, ...keys, onClick },
    listHandlers: { onPointerMove, onPointerLeave },
  }
}

function jumpTo(feed: ChatFeed, view: ChatWindow, id: string): void {
  const to = feed.log.find(id)?.replyTo?.id
  if (to === undefined || !view.show(to)) feed.desk.say('notHere')
}

/** A finger that rests on a line. */
function useLongPress(pressed: (id: string) => void): object {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined)
  const call = useLatest(pressed)
  return useMemo(() => {
    const cancel = () => {
      clearTimeout(press.current?.timer)
      press.current = undefined
    }
    return {
      onPointerDown: (event: PointerEvent) => {
        const id = lineAt(event.target)?.dataset.id
        if (event.pointerType === 'mouse' || !id) return
        cancel()
        const timer = setTimeout(() => call.current(id), pressMs)
        press.current = { x: event.clientX, y: event.clientY, timer }
      },
      onPointerMove: (event: PointerEvent) => {
        if (!press.current) return
        const { x, y } = press.current
        if (Math.hypot(event.clientX - x, event.clientY - y) > pressSlackPx) cancel()
      },
      onPointerUp: cancel,
      onPointerCancel: cancel,
      onContextMenu: (event: { preventDefault: () => void }) => {
        if (press.current) event.preventDefault()
      },
    }
  }, [call])
}

interface LineKeysOptions extends ActiveLineOptions {
  setId: (id: string | null) => void
  open: ActiveLine['open']
  opened: Opened | null
}

/** Lines by the keyboard: up, down, Enter; a focus that vanishes with its line is caught. */
function useLineKeys({ box, list, view, setId, open, opened, onLeave }: LineKeysOptions): object {
  const focusedKey = useRef<string | null>(null)
  useLayoutEffect(() => {
    const key = focusedKey.current
    if (key === null || opened || document.activeElement !== document.body) return
    const again = list.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
    const catcher = again && again.tabIndex === -1 ? again : box.current
    catcher?.focus({ preventScroll: true })
  })

  const onFocus = (event: FocusEvent) => {
    const focused = event.target instanceof HTMLElement ? event.target.closest('li') : null
    focusedKey.current = focused?.dataset.key ?? null
    if (focused?.dataset.id) setId(focused.dataset.id)
    if (focused) view.hold()
  }
  const onBlur = (event: FocusEvent) => {
    const to = event.relatedTarget
    if (!to || box.current?.contains(to)) return
    focusedKey.current = null
    // A menu takes the focus and gives it back.
    if (!opened && !to.closest('[role="dialog"], [role="menu"], .line-tools')) view.release()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const current = event.target instanceof HTMLElement ? event.target.closest('li') : null
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const step = event.key === 'ArrowUp' ? -1 : 1
      const next = neighbour(list.current, current, step)
      if (!next && step > 0 && current) onLeave()
      if (!next) return
      event.preventDefault()
      next.focus()
    } else if (event.key === 'Escape') {
      onLeave()
    } else if (event.key === 'Enter' && event.target === current && current?.dataset.id) {
      event.preventDefault()
      open('actions', current.dataset.id)
    }
  }
  return { onFocus, onBlur, onKeyDown }
}

function neighbour(
  list: HTMLElement | null,
  current: Element | null,
  step: 1 | -1,
): HTMLElement | null {
  const rows = [...(list?.querySelectorAll<HTMLElement>('li[tabindex]') ?? [])]
  if (!current) return step < 0 ? (rows.at(-1) ?? null) : null
  return rows[rows.indexOf(current as HTMLElement) + step] ?? null
}
