/** One line of chat. Lines never change, so each is rendered once. */
import { Shield, Star } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '@odeon/rooms/protocol'
import type { Line } from './chat-log.ts'
import { messageParts, type Part } from './message-parts.ts'
import { nameColour } from './name-colours.ts'

interface ChatLineProps {
  line: Line
  isJoined: boolean
  myName: string
}

export const ChatLine = memo(function ChatLine({ line, isJoined, myName }: ChatLineProps) {
  if (line.kind === 'said') return <SaidLine line={line} isJoined={isJoined} myName={myName} />
  return <SystemLine line={line} />
})

function SaidLine({
  line,
  isJoined,
  myName,
}: ChatLineProps & { line: Extract<Line, { kind: 'said' }> }) {
  const parts = messageParts(line.text, myName)
  const isForMe = parts.some((part) => part.kind === 'mention' && part.me)
  return (
    <li
      className="chat-line"
      data-key={line.key}
      data-joined={isJoined || undefined}
      data-for-me={isForMe || undefined}
      title={new Date(line.at).toLocaleTimeString()}
    >
      <span
        className={isJoined ? 'unseen' : 'chat-name'}
        style={{ color: nameColour(line.from.id) }}
      >
        <Badge role={line.from.role} />
        {line.from.name}
        <span className="unseen">: </span>
      </span>
      <span className="chat-text">
        <Parts parts={parts} />
      </span>
    </li>
  )
}

function Parts({ parts }: { parts: Part[] }) {
  return parts.map((part, index) => {
    const key = `${index}${part.kind}`
    if (part.kind === 'text') return <span key={key}>{part.text}</span>
    if (part.kind === 'mention') {
      return (
        <span key={key} className={part.me ? 'mention mention-me' : 'mention'}>
          {part.text}
        </span>
      )
    }
    return (
      <a key={key} href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {part.text}
      </a>
    )
  })
}

export function Badge({ role }: { role: Role }) {
  const { t } = useTranslation()
  if (role === 'viewer') return null
  const Icon = role === 'host' ? Star : Shield
  const label = role === 'host' ? t('chat.host') : t('chat.moderator')
  return (
    <span className={`badge badge-${role}`} role="img" aria-label={label} title={label}>
      <Icon size={11} strokeWidth={2.6} aria-hidden="true" />
    </span>
  )
}

function SystemLine({ line }: { line: Exclude<Line, { kind: 'said' }> }) {
  const { t } = useTranslation()
  if (line.kind === 'phase') {
    const text =
      line.phase === 'started'
        ? t('chat.started', { name: line.by.name })
        : t('chat.ended', { name: line.by.name })
    return (
      <li className="chat-system" data-key={line.key}>
        {text}
      </li>
    )
  }
  return (
    <li className="chat-gap" data-key={line.key}>
      <span>{line.count > 0 ? t('chat.gap', { count: line.count }) : t('chat.gapUnknown')}</span>
    </li>
  )
}
