/** What a line says: text, links, mentions and emotes, never markup. */
import type { Badge as BadgeName, Role } from '@odeon/rooms/protocol'
import { BadgeCheck, Gem, Shield, Sparkles, Star } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { emoteUrl } from './emotes.ts'
import { messageParts, type Part } from './message-parts.ts'

interface LineTextProps {
  text: string
  emotes?: Readonly<Record<string, string>> | undefined
  myName?: string
}

export const LineText = memo(function LineText({ text, emotes, myName }: LineTextProps) {
  const parts = messageParts(text, { emotes, ...(myName !== undefined && { myName }) })
  const isOnlyEmotes = parts.every(
    (part) => part.kind === 'emote' || (part.kind === 'text' && part.text.trim() === ''),
  )
  return (
    <span className="chat-text" data-large={isOnlyEmotes || undefined}>
      {parts.map((part, index) => (
        // Parts of a text that never changes: their place is their name.
        <PartOf key={`${index}${part.kind}`} part={part} />
      ))}
    </span>
  )
})

function PartOf({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'mention':
      return <span className={part.me ? 'mention mention-me' : 'mention'}>{part.text}</span>
    case 'emote':
      return <Emote id={part.id} code={part.text} />
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
          {part.text}
        </a>
      )
  }
}

/** Its size is known before it is there, so that no line moves when it comes. */
export function Emote({ id, code }: { id: string; code: string }) {
  return (
    <img
      className="emote"
      src={emoteUrl(id)}
      alt={code}
      title={code}
      width={28}
      height={28}
      decoding="async"
      draggable={false}
    />
  )
}

const signs = {
  host: Star,
  moderator: Shield,
  vip: Gem,
  staff: BadgeCheck,
  subscriber: Sparkles,
} as const

export function Badge({ role }: { role: BadgeName | Role }) {
  return role === 'viewer' ? null : <Sewn role={role} />
}

function Sewn({ role }: { role: keyof typeof signs }) {
  const { t } = useTranslation()
  const Sign = signs[role]
  const label = t(`chat.${role}`)
  return (
    <span className={`badge badge-${role}`} role="img" aria-label={label} title={label}>
      <Sign size={11} strokeWidth={2.6} aria-hidden="true" />
    </span>
  )
}
