/** Under a room's picture: who, what, and the link that covers the card. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Chip } from '../frame/chip.tsx'
import { Avatar } from '../stage/avatar.tsx'
import type { LiveCard } from './live-card.ts'

/** `children` are said of the host. */
export function CardText({ card, children }: { card: LiveCard; children?: ReactNode }) {
  const { streamId, handle, name, title, avatarUrl } = card
  return (
    <div className="card-text">
      <Avatar id={handle} name={name} size={40} picture={avatarUrl} />
      <div>
        <h3>
          <Link to="/live/$streamId" params={{ streamId }} className="whole">
            {title}
          </Link>
        </h3>
        <p className="card-host">
          {name}
          {children}
        </p>
        <Tags card={card} />
      </div>
    </div>
  )
}

/** Category and language: what one chooses by. */
export function Tags({ card: { category, language } }: { card: LiveCard }) {
  if (!category && !language) return null
  return (
    <p className="tags">
      <Chip category={category} />
      {language ? <span className="chip chip-code">{language}</span> : null}
    </p>
  )
}
