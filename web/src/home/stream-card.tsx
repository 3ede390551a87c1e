/** One room as a lit card; all of it leads into the room. */
import { Link } from '@tanstack/react-router'
import { Chip } from '../frame/chip.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import type { LiveCard } from './live-card.ts'
import { LiveFacts } from './live-facts.tsx'
import { PulseLine } from './pulse-line.tsx'

export function StreamCard({ card, now }: { card: LiveCard; now: number }) {
  const { streamId, handle, name, title, viewers, pulse, endedAt } = card
  const phase = endedAt === null ? 'live' : 'ended'
  return (
    <li className="card" data-card={streamId} data-phase={phase}>
      <div className="card-stage">
        <Stage
          channelId={handle}
          hostName={name}
          phase={phase}
          viewers={viewers}
          picture={card.avatarUrl}
          small
        >
          <LiveFacts card={card} now={now} />
          {phase === 'live' ? <PulseLine pulse={pulse} /> : null}
        </Stage>
      </div>
      <div className="card-text">
        <Avatar id={handle} name={name} size={40} picture={card.avatarUrl} />
        <div>
          <h3>
            <Link to="/live/$streamId" params={{ streamId }} className="whole">
              {title}
            </Link>
          </h3>
          <p className="card-host">{name}</p>
          <Tags card={card} />
        </div>
      </div>
    </li>
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
