/** One live room as a lit card; all of it leads into the room. */
import { Link } from '@tanstack/react-router'
import type { Stream } from '@odeon/sdk'
import { Chip } from '../frame/chip.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import { LiveFacts } from './live-facts.tsx'

export function StreamCard({ stream, now }: { stream: Stream; now: number }) {
  const { channel, title, viewers, phase } = stream
  return (
    <li className="card">
      <div className="card-stage">
        <Stage channelId={channel.id} hostName={channel.name} phase={phase} viewers={viewers} small>
          <LiveFacts stream={stream} now={now} />
        </Stage>
      </div>
      <div className="card-text">
        <Avatar id={channel.id} name={channel.name} size={36} />
        <div>
          <h3>
            <Link to="/live/$streamId" params={{ streamId: stream.id }} className="whole">
              {title}
            </Link>
          </h3>
          <p className="dim">
            {channel.name}
            <Chip category={stream.category} />
          </p>
        </div>
      </div>
    </li>
  )
}
