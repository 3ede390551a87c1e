/** What hangs at a line: where it hangs, and what everything in it is given. */
import { type ReactNode, useRef } from 'react'
import { Popover } from 'react-aria-components'
import type { ChatFeed } from '../chat/chat-feed.ts'
import type { SaidLine } from '../chat/lines.ts'
import type { LineMenuKind, Opened } from '../chat/use-active-line.ts'

export interface LineMenuProps {
  feed: ChatFeed
  line: SaidLine
  opened: Opened
  onOpen: (kind: LineMenuKind, id: string, anchor?: HTMLElement | null) => void
  onClose: () => void
  onJump: (key: string) => boolean
  /** Leads to the field, where an answer is written. */
  onField: () => void
}

interface LinePopoverProps {
  opened: Opened
  label: string
  onClose: () => void
  children: ReactNode
}

export function LinePopover({ opened, label, onClose, children }: LinePopoverProps) {
  const anchor = useRef<HTMLElement>(opened.anchor)
  return (
    <Popover
      trigger="MenuTrigger"
      triggerRef={anchor}
      className="menu-popover line-popover"
      aria-label={label}
      placement="bottom end"
      offset={4}
      isOpen
      onOpenChange={(isStillOpen) => {
        if (!isStillOpen) onClose()
      }}
    >
      {children}
    </Popover>
  )
}
