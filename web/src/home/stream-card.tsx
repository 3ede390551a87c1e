/** One live room as a lit card. */
import { Link } from '@tanstack/react-router'
import type { Stream } from '@odeon/sdk'
import { useTranslation } from 'react-i18next'
import { Chip } from '../frame/chip.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import { LiveFacts } from './live-facts.tsx'

export function StreamCard({ stream, now }: { stream: Stream; now: number }) {
  const { t } = useTranslation()
  const { channel, title } = stream
  return (
    <li>
      <Link
        to="/live/$streamId"
        params={{ streamId: stream.id }}
        className="card"
        aria-label={t('home.watch', { title, name: channel.name })}
      >
        <div className="card-stage">
          <Stage
            channelId={channel.id}
            hostName={channel.name}
            phase="live"
            viewers={stream.viewers}
            small
          >
            <LiveFacts stream={stream} now={now} />
          </Stage>
        </div>
        <div className="card-text">
          <Avatar id={channel.id} name={channel.name} size={36} />
          <div>
            <h3>{title}</h3>
            <p className="dim">
              {channel.name}
              <Chip category={stream.category} />
            </p>
          </div>
        </div>
      </Link>
    </li>
  )
}
