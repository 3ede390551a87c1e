/** Under the stage: who, what, and what one may do. The tools' place is kept for everybody. */
import { Link } from '@tanstack/react-router'
import type { LiveConnection, Stream } from '@odeon/sdk'
import { Badge } from '../chat/line-text.tsx'
import { nameColour } from '../chat/name-colours.ts'
import { Chip } from '../frame/chip.tsx'
import { later } from '../frame/later.tsx'
import { Avatar } from '../stage/avatar.tsx'
import { RoomFollow } from './room-follow.tsx'
import { ShareTools } from './share-tools.tsx'
import { useRoomState } from './use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

const HostTools = later(async () => (await import('./host-tools.tsx')).HostTools)

interface RoomHeaderProps {
  room: LiveConnection
  stream: Stream | undefined
  hostName: string
}

export function RoomHeader({ room, stream, hostName }: RoomHeaderProps) {
  const { t } = useTranslation()
  const title = useRoomState(room, (state) => state.title)
  const handle = useRoomState(room, (state) => state.channel)
  const picture = useRoomState(room, (state) => state.avatarUrl)
  const crew = useRoomState(room, (state) => state.crew)
  const isHost = room.you.role === 'host'
  // In the host's place.
  const isLeading = useRoomState(
    room,
    ({ phase, floor }) => phase === 'live' && floor?.leaderId === room.you.id,
  )
  const moderators = [...crew.entries()].filter(([, member]) => member.role === 'moderator')
  return (
    <div className="room-header">
      <Avatar id={handle} name={hostName} size={48} picture={picture} />
      <div className="room-title">
        <h2>{title}</h2>
        <p>
          <Link
            to="/channel/$handle"
            params={{ handle }}
            aria-label={t('live.host', { name: hostName })}
          >
            {hostName}
          </Link>
          <Chip category={stream?.category} />
          {moderators.length > 0 ? (
            <span className="crew" aria-label={t('live.crew')} role="group">
              {moderators.slice(0, 3).map(([id, member]) => (
                <span key={id} style={{ color: nameColour(id) }}>
                  <Badge role="moderator" />
                  {member.name}
                </span>
              ))}
            </span>
          ) : null}
        </p>
      </div>
      <div className="room-tools" role="group" aria-label={t('live.tools')}>
        <RoomFollow room={room} hostName={hostName} />
        <ShareTools streamId={room.streamId} title={title} hostName={hostName} />
        {isHost || isLeading ? (
          <HostTools room={room} isVoices={stream?.medium === 'audio'} />
        ) : null}
      </div>
    </div>
  )
}
