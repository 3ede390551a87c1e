/** Whose stage a past stream was on, and what can be done with it. */
import type { Stream } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Chip } from '../frame/chip.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { ShareTools } from './share-tools.tsx'

export function EndedHeader({ stream, children }: { stream: Stream; children: ReactNode }) {
  const { id, channel, title, category } = stream
  return (
    <div className="room-header">
      <Avatar id={channel.handle} name={channel.name} size={48} picture={channel.avatarUrl} />
      <div className="room-title">
        <h2>{title}</h2>
        <p>
          <Link to="/channel/$handle" params={{ handle: channel.handle }}>
            {channel.name}
          </Link>
          <Chip category={category} />
        </p>
      </div>
      <div className="room-tools">
        {children}
        <ShareTools streamId={id} title={title} hostName={channel.name} isOver />
      </div>
    </div>
  )
}
