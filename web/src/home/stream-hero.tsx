/** The liveliest room, as a stage large enough to walk into. */
import { Link } from '@tanstack/react-router'
import type { Stream } from '@odeon/sdk'
import { Chip } from '../frame/chip.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import { LiveFacts } from './live-facts.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function StreamHero({ stream, now }: { stream: Stream; now: number }) {
  const { t } = useTranslation()
  const { channel, title } = stream
  return (
    <article className="hero">
      <Stage
        channelId={channel.id}
        hostName={channel.name}
        phase="live"
        viewers={stream.viewers}
        energy={0.55}
      >
        <div className="hero-top">
          <LiveFacts stream={stream} now={now} />
        </div>
        <div className="hero-text">
          <div className="hero-title">
            <h2>
              <Link to="/live/$streamId" params={{ streamId: stream.id }} className="whole">
                {title}
              </Link>
            </h2>
            <p>
              <Avatar id={channel.id} name={channel.name} size={28} />
              {channel.name}
              <Chip category={stream.category} />
            </p>
          </div>
          <span className="button button-primary" aria-hidden="true">
            {t('home.enter')}
          </span>
        </div>
      </Stage>
    </article>
  )
}
