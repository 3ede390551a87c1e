/** Menus and dialogs about one line: what to do with it, for how long, and why. */
import { useEffect, useMemo, useRef } from 'react'
import { Menu, MenuItem } from 'react-aria-components'
import type { Opened } from '../chat/use-active-line.ts'
import { useTranslation } from '../text/use-translation.ts'
import { crewActs, timeoutPresets } from './crew-acts.ts'
import { LineActions } from './line-actions.tsx'
import { type LineMenuProps, LinePopover } from './line-popover.tsx'
import { PersonCard } from './person-card.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { ReportDialog } from './report-dialog.tsx'

export function LineMenus(props: LineMenuProps) {
  const { feed, line, opened, onClose } = props
  const { room, desk } = feed
  const acts = useMemo(() => crewActs(room, desk), [room, desk])
  useFocusBack(opened)
  switch (opened.kind) {
    case 'actions':
      return <LineActions {...props} acts={acts} />
    case 'timeout':
      return (
        <TimeoutMenu
          name={line.from.name}
          opened={opened}
          onClose={onClose}
          onChoose={(seconds) => acts.timeout(line.from.id, seconds)}
        />
      )
    case 'person':
      return (
        <PersonCard
          feed={feed}
          person={line.from}
          anchor={opened.anchor}
          onClose={onClose}
          onReport={() => props.onOpen('reportPerson', line.id)}
        />
      )
    case 'ban':
    case 'warn':
      return (
        <ReasonDialog
          kind={opened.kind}
          name={line.from.name}
          onClose={onClose}
          onDone={(reason) => {
            if (opened.kind === 'ban') acts.ban(line.from.id, reason)
            else acts.warn(line.from.id, reason)
          }}
        />
      )
    case 'report':
    case 'reportPerson':
      return <ReportOfLine {...props} />
  }
}

function ReportOfLine({ feed, line, opened, onClose }: LineMenuProps) {
  const { streamId } = feed
  const { id, name } = line.from
  const isOfLine = opened.kind === 'report'
  return (
    <ReportDialog
      target={
        isOfLine
          ? { targetType: 'message', targetId: line.id, streamId }
          : { targetType: 'user', targetId: id, streamId }
      }
      name={name}
      {...(isOfLine && { line })}
      onSent={() => feed.desk.say('reported')}
      onClose={onClose}
    />
  )
}

interface TimeoutMenuProps {
  name: string
  opened: Opened
  onClose: () => void
  onChoose: (seconds: number) => void
}

function TimeoutMenu({ name, opened, onClose, onChoose }: TimeoutMenuProps) {
  const { t } = useTranslation()
  const label = t('timeouts.label', { name })
  return (
    <LinePopover opened={opened} label={label} onClose={onClose}>
      <p className="menu-heading" aria-hidden="true">
        {label}
      </p>
      <Menu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
        {timeoutPresets.map(([key, seconds]) => (
          <MenuItem
            key={key}
            id={key}
            className="menu-item figures"
            onAction={() => onChoose(seconds)}
          >
            {t(`timeouts.${key}`)}
          </MenuItem>
        ))}
      </Menu>
    </LinePopover>
  )
}

/** The focus goes back to the line, wherever the menu was opened from. */
function useFocusBack(opened: Opened): void {
  const before = useRef<Element | null>(null)
  before.current ??= document.activeElement
  useEffect(() => {
    const { anchor } = opened
    return () => {
      const log = anchor.closest('.chat-list')?.querySelector<HTMLElement>('[role="log"]')
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        if (anchor.isConnected) anchor.focus({ preventScroll: true })
        else log?.focus({ preventScroll: true })
      })
    }
  }, [opened])
}
