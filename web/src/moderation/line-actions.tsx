/** Everything that may be done with a line, as a menu: for keys, fingers and the strip. */
import { Ban, Copy, CornerUpRight, Flag, Pin, PinOff, Reply, Timer, Trash2 } from 'lucide-react'
import { TriangleAlert, User } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu, MenuItem, MenuSection, Separator } from 'react-aria-components'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { type CrewActs, mayActOn } from './crew-acts.ts'
import { type LineMenuProps, LinePopover } from './line-popover.tsx'

export function LineActions(props: LineMenuProps & { acts: CrewActs }) {
  const { feed, line, opened, onClose } = props
  const { t } = useTranslation()
  const { you } = feed.room
  const isCrew = you.role !== 'viewer'
  return (
    <LinePopover opened={opened} label={t('line.actions')} onClose={onClose}>
      <Menu className="menu" aria-label={t('line.actions')} autoFocus="first" onClose={onClose}>
        <ReadersActions {...props} />
        {isCrew || line.from.id === you.id ? <Separator className="menu-line" /> : null}
        <CrewActions {...props} />
      </Menu>
    </LinePopover>
  )
}

function ReadersActions({ feed, line, onOpen, onJump, onField }: LineMenuProps) {
  const { t } = useTranslation()
  const { replyTo } = line
  const isOwn = line.from.id === feed.room.you.id
  const copy = async () => {
    await navigator.clipboard.writeText(line.text)
    feed.desk.say('copied')
    return null
  }
  return (
    <MenuSection aria-label={t('line.actions')}>
      <Item
        icon={<Reply size={18} />}
        text={t('line.reply')}
        onAction={() => {
          feed.reply({ id: line.id, from: line.from, text: line.text })
          next(onField)
        }}
      />
      {replyTo ? (
        <Item
          icon={<CornerUpRight size={18} />}
          text={t('line.jump')}
          onAction={() => {
            if (!onJump(replyTo.id)) feed.desk.say('notHere')
          }}
        />
      ) : null}
      <Item
        icon={<User size={18} />}
        text={t('line.about', { name: line.from.name })}
        onAction={() => next(() => onOpen('person', line.id))}
      />
      <Item
        icon={<Copy size={18} />}
        text={t('line.copy')}
        onAction={() => void feed.desk.act(copy)}
      />
      {isOwn ? null : (
        <Item
          icon={<Flag size={18} />}
          text={t('line.report')}
          onAction={() => next(() => onOpen('report', line.id))}
        />
      )}
    </MenuSection>
  )
}

function CrewActions({ feed, line, onOpen, acts }: LineMenuProps & { acts: CrewActs }) {
  const { t } = useTranslation()
  const { you } = feed.room
  const pinned = useRoomState(feed.room, (state) => state.chat.pinned.id)
  const isCrew = you.role !== 'viewer'
  const isOwn = line.from.id === you.id
  const isMine = mayActOn(you, line.from)
  const isPinned = pinned === line.id
  if (!isCrew && !isOwn) return null
  return (
    <MenuSection aria-label={t('desk.title')}>
      {isOwn || isMine ? (
        <Item
          icon={<Trash2 size={18} />}
          text={isOwn ? t('line.takeBack') : t('line.delete')}
          onAction={() => acts.delete(line.id)}
        />
      ) : null}
      {isCrew ? (
        <Item
          icon={isPinned ? <PinOff size={18} /> : <Pin size={18} />}
          text={isPinned ? t('line.unpin') : t('line.pin')}
          onAction={() => acts.pin(isPinned ? null : line.id)}
        />
      ) : null}
      {isMine ? (
        <>
          <Item
            icon={<TriangleAlert size={18} />}
            text={t('line.warn')}
            onAction={() => next(() => onOpen('warn', line.id))}
          />
          <Item
            icon={<Timer size={18} />}
            text={t('line.timeout')}
            onAction={() => next(() => onOpen('timeout', line.id))}
          />
          <Item
            icon={<Ban size={18} />}
            text={t('line.ban')}
            onAction={() => next(() => onOpen('ban', line.id))}
          />
        </>
      ) : null}
    </MenuSection>
  )
}

/** What opens next opens once this menu is gone and has given the focus back. */
function next(open: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(open))
}

function Item(props: { icon: ReactNode; text: string; onAction: () => void }) {
  return (
    <MenuItem className="menu-item" onAction={props.onAction} textValue={props.text}>
      <span aria-hidden="true">{props.icon}</span>
      {props.text}
    </MenuItem>
  )
}
