/** A stream that is over, shown from its record: no seat is needed to read what it came to. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Chip } from '../frame/chip.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import { RoomSkeleton } from './room-skeleton.tsx'
import { ShareTools } from './share-tools.tsx'
import { Afterwards } from './stage-playbill.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function EndedView({ streamId }: { streamId: string }) {
  const { t } = useTranslation()
  const { data: stream } = useQuery({
    queryKey: ['stream', streamId, 'ended'],
    queryFn: () => odeon.streams.get(streamId),
  })
  useTitle(stream && `${t('live.endedBadge')} · ${stream.title} · ${stream.channel.name}`)
  if (!stream) return <RoomSkeleton stream={undefined} />
  const { channel, title } = stream
  return (
    <div className="room" data-phase="ended" data-chat="hidden">
      <h1 className="unseen">{t('live.label')}</h1>
      <div className="room-stage">
        <section className="room-picture" aria-label={t('live.stage')}>
          <Stage
            channelId={channel.handle}
            hostName={channel.name}
            picture={channel.avatarUrl}
            phase="ended"
            viewers={0}
          >
            <Afterwards
              streamId={streamId}
              stream={stream}
              hostName={channel.name}
              endedAt={stream.endedAt ?? 0}
            />
          </Stage>
          <div className="facts room-facts">
            <span className="fact">{t('live.endedBadge')}</span>
          </div>
        </section>
        <div className="room-header">
          <Avatar id={channel.handle} name={channel.name} size={48} picture={channel.avatarUrl} />
          <div className="room-title">
            <h2>{title}</h2>
            <p>
              <Link to="/channel/$handle" params={{ handle: channel.handle }}>
                {channel.name}
              </Link>
              <Chip category={stream.category} />
            </p>
          </div>
          <div className="room-tools">
            <ShareTools streamId={streamId} title={title} hostName={channel.name} isOver />
          </div>
        </div>
      </div>
    </div>
  )
}
