/** One line of chat. Lines never change, so each is rendered once. */
import { CornerUpRight, Megaphone } from 'lucide-react'
import { memo } from 'react'
import { dateOf } from '../frame/when.ts'
import { GiftLine } from '../gifts/gift-line.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { TierBadge } from '../tiers/tier-badge.tsx'
import { Badge, LineText } from './line-text.tsx'
import type { Row, SaidLine } from './lines.ts'
import { nameColour, tierColour } from './name-colours.ts'
import { SystemLine } from './system-line.tsx'

export interface Reader {
  id: string
  name: string
}

interface ChatLineProps extends Row {
  me: Reader
  /** Times are told in it. */
  language: string
}

export const ChatLine = memo(
  function ChatLine({ line, isJoined, removedCount, me, language }: ChatLineProps) {
    if (line.kind === 'gift') return <GiftLine line={line} />
    if (line.kind !== 'said') return <SystemLine line={line} />
    if (line.removed) return <RemovedLine line={line} count={removedCount} />
    return <Said line={line} isJoined={isJoined} me={me} language={language} />
  },
  (a, b) =>
    a.line === b.line &&
    a.isJoined === b.isJoined &&
    a.removedCount === b.removedCount &&
    a.me === b.me &&
    a.language === b.language,
)

interface SaidProps extends Pick<ChatLineProps, 'isJoined' | 'me' | 'language'> {
  line: SaidLine
}

/** Most lines hold no translated word, so that none of them watches the language. */
function Said({ line, isJoined, me, language }: SaidProps) {
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
      {line.isAnnouncement ? <AnnouncementMark /> : null}
      {replyTo ? <Quote line={line} /> : null}
      <time className="unseen" dateTime={new Date(line.at).toISOString()}>
        {dateOf(line.at, language)}
      </time>
      <span
        className={isJoined ? 'unseen' : 'chat-name'}
        style={{ color: from.isColoured ? tierColour : nameColour(from.id) }}
        data-tier={from.tier}
        data-act="person"
      >
        <Badges line={line} />
        {from.name}
        <span className="unseen">: </span>
      </span>
      <LineText text={line.text} emotes={line.emotes} myName={me.name} />
      {line.delayedUntil === undefined ? null : <PreviewMark />}
    </li>
  )
}

function AnnouncementMark() {
  const { t } = useTranslation()
  return (
    <span className="chat-announcement">
      <Megaphone size={14} aria-hidden="true" />
      {t('chat.announcement')}
    </span>
  )
}

function PreviewMark() {
  const { t } = useTranslation()
  return <span className="chat-preview">{t('chat.preview')}</span>
}

function Badges({ line: { from } }: { line: SaidLine }) {
  const badges = from.badges ?? [from.role]
  return (
    <>
      {badges.map((badge) => (
        <Badge key={badge} role={badge} />
      ))}
      {from.tier === undefined ? null : <TierBadge level={from.tier} />}
    </>
  )
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
