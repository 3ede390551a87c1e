/** What is one press away from a line: a strip beside it, a menu, a person, a report. */
import { Ban, Flag, MoreHorizontal, Reply, Timer, Trash2 } from 'lucide-react'
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from 'react'
import { later } from '../frame/later.tsx'
import { crewActs, mayActOn } from '../moderation/crew-acts.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'
import type { SaidLine } from './lines.ts'
import type { ActiveLine } from './use-active-line.ts'

const LineMenus = later(async () => (await import('../moderation/line-menus.tsx')).LineMenus)

interface LineToolsProps {
  feed: ChatFeed
  active: ActiveLine
  onJump: (key: string) => boolean
}

export function LineTools({ feed, active, onJump }: LineToolsProps) {
  const strip = useRef<HTMLDivElement>(null)
  const line = active.id === null ? undefined : feed.log.find(active.id)
  const openedLine = active.opened ? feed.log.find(active.opened.id) : undefined
  const isShown = line !== undefined && !line.removed
  usePlace(strip, active.row, isShown)
  return (
    <>
      {isShown ? <Strip feed={feed} active={active} line={line} strip={strip} /> : null}
      {active.opened && openedLine ? (
        <LineMenus
          key={`${active.opened.kind} ${active.opened.id}`}
          feed={feed}
          line={openedLine}
          opened={active.opened}
          onOpen={active.open}
          onClose={active.close}
          onJump={onJump}
          onField={active.toField}
        />
      ) : null}
    </>
  )
}

interface StripProps extends Omit<LineToolsProps, 'onJump'> {
  line: SaidLine
  strip: RefObject<HTMLDivElement | null>
}

function Strip({ feed, active, line, strip }: StripProps) {
  const { t, i18n } = useTranslation()
  const { room, desk } = feed
  const acts = useMemo(() => crewActs(room, desk), [room, desk])
  const { you } = room
  const isOwn = line.from.id === you.id
  const isMine = mayActOn(you, line.from)
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(line.at)
  return (
    <div ref={strip} className="line-tools" role="group" aria-label={t('line.actions')}>
      <span className="line-time figures" aria-hidden="true">
        {time}
      </span>
      <Tool
        text={t('line.reply')}
        onPress={() => {
          feed.reply({ id: line.id, from: line.from, text: line.text })
          active.toField()
          active.close()
        }}
      >
        <Reply size={16} aria-hidden="true" />
      </Tool>
      {isOwn || isMine ? (
        <Tool
          text={isOwn ? t('line.takeBack') : t('line.delete')}
          onPress={() => acts.delete(line.id)}
        >
          <Trash2 size={16} aria-hidden="true" />
        </Tool>
      ) : null}
      {isMine ? (
        <>
          <Tool
            text={t('line.timeout')}
            hasMenu
            onPress={(button) => active.open('timeout', line.id, button)}
          >
            <Timer size={16} aria-hidden="true" />
          </Tool>
          <Tool text={t('line.ban')} onPress={(button) => active.open('ban', line.id, button)}>
            <Ban size={16} aria-hidden="true" />
          </Tool>
        </>
      ) : isOwn ? null : (
        <Tool text={t('line.report')} onPress={() => active.open('report', line.id)}>
          <Flag size={16} aria-hidden="true" />
        </Tool>
      )}
      <Tool
        text={t('line.more')}
        hasMenu
        onPress={(button) => active.open('actions', line.id, button)}
      >
        <MoreHorizontal size={16} aria-hidden="true" />
      </Tool>
    </div>
  )
}

interface ToolProps {
  text: string
  hasMenu?: boolean
  onPress: (button: HTMLButtonElement) => void
  children: ReactNode
}

function Tool({ text, hasMenu, onPress, children }: ToolProps) {
  return (
    <button
      type="button"
      className="line-tool"
      aria-label={text}
      title={text}
      aria-haspopup={hasMenu ? 'menu' : undefined}
      onClick={(event) => onPress(event.currentTarget)}
    >
      {children}
    </button>
  )
}

/** The strip sits on the upper edge of its line and goes where the line goes. */
function usePlace(
  strip: RefObject<HTMLElement | null>,
  row: () => HTMLElement | null,
  isShown: boolean,
): void {
  useLayoutEffect(() => {
    const element = strip.current
    const box = element?.parentElement?.querySelector<HTMLElement>('.chat-scroll')
    if (!isShown || !element || !box) return
    const place = () => {
      const line = row()
      if (!line) return
      const top = line.getBoundingClientRect().top - box.getBoundingClientRect().top
      const isInside = top > -8 && top < box.clientHeight - 8
      element.style.visibility = isInside ? 'visible' : 'hidden'
      element.style.top = `${Math.max(2, top - 26)}px`
    }
    place()
    box.addEventListener('scroll', place, { passive: true })
    return () => box.removeEventListener('scroll', place)
  })
}
