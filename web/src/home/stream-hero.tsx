/** The liveliest room, as a stage large enough to walk into. */
import { Link } from '@tanstack/react-router'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { LiveCard } from './live-card.ts'
import { LiveFacts } from './live-facts.tsx'
import { PulseLine } from './pulse-line.tsx'
import { Tags } from './card-text.tsx'

/** How much of the light a room's own doings bring. */
function energyOf(pulse: readonly number[]): number {
  const lately = pulse.slice(-6).reduce((sum, count) => sum + count, 0)
  return Math.min(1, 0.45 + lately / 60)
}

export function StreamHero({ card, now }: { card: LiveCard; now: number }) {
  const { t } = useTranslation()
  const { streamId, handle, name, title, viewers, pulse, endedAt } = card
  return (
    <article className="hero" data-card={streamId}>
      <Stage
        channelId={handle}
        hostName={name}
        phase={endedAt === null ? 'live' : 'ended'}
        viewers={viewers}
        energy={energyOf(pulse)}
        picture={card.avatarUrl}
      >
        <div className="hero-top">
          <LiveFacts card={card} now={now} />
        </div>
        <div className="hero-text">
          <div className="hero-title">
            <h2>
              <Link to="/live/$streamId" params={{ streamId }} className="whole">
                {title}
              </Link>
            </h2>
            <div className="hero-host">
              <Avatar id={handle} name={name} size={36} picture={card.avatarUrl} />
              <span>{name}</span>
              <Tags card={card} />
            </div>
          </div>
          <div className="hero-side">
            <PulseLine pulse={pulse} />
            <span className="button button-primary" aria-hidden="true">
              {t('home.enter')}
            </span>
          </div>
        </div>
      </Stage>
    </article>
  )
}
