/** One room as a lit card; all of it leads into the room. */
import { Stage } from '../stage/stage.tsx'
import { CardText } from './card-text.tsx'
import type { LiveCard } from './live-card.ts'
import { LiveFacts } from './live-facts.tsx'
import { PulseLine } from './pulse-line.tsx'

export function StreamCard({ card, now }: { card: LiveCard; now: number }) {
  const { streamId, handle, name, viewers, pulse, endedAt } = card
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
      <CardText card={card} />
    </li>
  )
}
