/** One line of chat. Lines never change, so each is rendered once. */
import { CornerUpRight, Megaphone } from 'lucide-react'
import { memo } from 'react'
import { dateOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { Badge, LineText } from './line-text.tsx'
import type { Row, SaidLine } from './lines.ts'
import { nameColour } from './name-colours.ts'
import { SystemLine } from './system-line.tsx'

export interface Reader {
  id: string
  name: string
}

interface ChatLineProps extends Row {
  me: Reader
}

export const ChatLine = memo(
  function ChatLine({ line, isJoined, removedCount, me }: ChatLineProps) {
    if (line.kind !== 'said') return <SystemLine line={line} />
    if (line.removed) return <RemovedLine line={line} count={removedCount} />
    return <Said line={line} isJoined={isJoined} me={me} />
  },
  (a, b) =>
    a.line === b.line &&
    a.isJoined === b.isJoined &&
    a.removedCount === b.removedCount &&
    a.me === b.me,
)

function Said({ line, isJoined, me }: { line: SaidLine; isJoined: boolean; me: Reader }) {
  const { t, i18n } = useTranslation()
  const { from, replyTo } = line
  const isForMe = (line.mentions?.includes(me.id) ?? false) || replyTo?.from.id === me.id
  return (
    <li
      className="chat-line"
      tabIndex={-1}
      data-key={line.key}
      data-id={line.id}
      data-joined={isJoined || undefined}
      data-for-me={isForMe || undefined}
      data-announcement={line.isAnnouncement}
      data-action={line.isAction}
      data-preview={line.delayedUntil === undefined ? undefined : true}
    >
      {line.isAnnouncement ? (
        <span className="chat-announcement">
          <Megaphone size={14} aria-hidden="true" />
          {t('chat.announcement')}
        </span>
      ) : null}
      {replyTo ? <Quote line={line} /> : null}
      <time className="unseen" dateTime={new Date(line.at).toISOString()}>
        {dateOf(line.at, i18n.language)}
      </time>
      <span
        className={isJoined ? 'unseen' : 'chat-name'}
        style={{ color: nameColour(from.id) }}
        data-act="person"
      >
        <Badges line={line} />
        {from.name}
        <span className="unseen">: </span>
      </span>
      <LineText text={line.text} emotes={line.emotes} myName={me.name} />
      {line.delayedUntil === undefined ? null : (
        <span className="chat-preview">{t('chat.preview')}</span>
      )}
    </li>
  )
}

function Badges({ line: { from } }: { line: SaidLine }) {
  if (!from.badges) return <Badge role={from.role} />
  return from.badges.map((badge) => <Badge key={badge} role={badge} />)
}

function Quote({ line: { replyTo } }: { line: SaidLine }) {
  const { t } = useTranslation()
  if (!replyTo) return null
  const { from, text } = replyTo
  return (
    <span className="chat-quote" data-act="jump">
      <CornerUpRight size={13} aria-hidden="true" />
      <span>
        {text === ''
          ? t('chat.answeringGone')
          : t('chat.answering', { name: from.name, text: text.slice(0, 100) })}
      </span>
    </span>
  )
}

/** Of a line that was taken out nothing stays but that it was there. */
function RemovedLine({ line, count }: { line: SaidLine; count: number }) {
  const { t } = useTranslation()
  return (
    <li className="chat-removed" tabIndex={-1} data-key={line.key} data-removed={count}>
      {count === 1 && line.removed === 'author'
        ? t('chat.removedByAuthor')
        : t('chat.removed', { count })}
    </li>
  )
}
