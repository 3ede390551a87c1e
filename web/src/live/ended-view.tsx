/** A stream that is over: its room as it was where it was recorded, else what it came to. */
import type { Stream } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { later } from '../frame/later.tsx'
import { FilmTools } from '../films/film-tools.tsx'
import { useStreamFilms } from '../films/use-stream-films.ts'
import { useTitle } from '../frame/use-title.ts'
import { useOpenedReplay } from '../replays/use-opened-replay.ts'
import { odeon } from '../session/odeon.ts'
import { Stage } from '../stage/stage.tsx'
import { EndedHeader } from './ended-header.tsx'
import { RoomSkeleton } from './room-skeleton.tsx'
import { Afterwards } from './stage-playbill.tsx'
import { useTranslation } from '../text/use-translation.ts'

const FilmRoom = later(async () => (await import('../replays/replay-room.tsx')).FilmRoom)
const ReplayRoom = later(async () => (await import('../replays/replay-room.tsx')).ReplayRoom)

const reasons = [
  'not_recorded',
  'still_recording',
  'recording_expired',
  'recording_removed',
  'recording_lost',
] as const

export function EndedView({ streamId }: { streamId: string }) {
  const { t } = useTranslation()
  const { t: seconds = 0 } = useSearch({ from: '/live/$streamId' })
  const { opened, retry } = useOpenedReplay(streamId, seconds * 1_000)
  const { data: stream } = useQuery({
    queryKey: ['stream', streamId, 'ended'],
    queryFn: () => odeon.streams.get(streamId),
  })
  const { data: films, isAsked, playable, renew } = useStreamFilms(streamId)
  useTitle(stream && `${t('live.endedBadge')} · ${stream.title} · ${stream.channel.name}`)
  if (!stream || opened.status === 'opening' || !isAsked) return <RoomSkeleton stream={stream} />
  const header = (
    <EndedHeader stream={stream}>
      <FilmTools streamId={streamId} films={films} />
    </EndedHeader>
  )
  const shown = { stream, films: playable, onRenew: renew, header }
  if (opened.status === 'open') return <ReplayRoom replay={opened.replay} {...shown} />
  const reason = reasons.find((code) => opened.status === 'none' && code === opened.code)
  const note = reason ? (
    t(`replay.${reason}`)
  ) : (
    <>
      {t('replay.away')}{' '}
      <button type="button" className="button button-plain" onClick={retry}>
        {t('replay.tryAgain')}
      </button>
    </>
  )
  if (playable.length > 0) return <FilmRoom {...shown} note={note} />
  return (
    <EndedRoom stream={stream} header={header}>
      {note}
    </EndedRoom>
  )
}

interface EndedRoomProps {
  stream: Stream
  header: ReactNode
  /** Why there is nothing to be played. */
  children: ReactNode
}

function EndedRoom({ stream, header, children }: EndedRoomProps) {
  const { t } = useTranslation()
  const { id, channel, endedAt } = stream
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
              streamId={id}
              stream={stream}
              hostName={channel.name}
              endedAt={endedAt ?? 0}
              note={children}
            />
          </Stage>
          <div className="facts room-facts">
            <span className="fact">{t('live.endedBadge')}</span>
          </div>
        </section>
        {header}
      </div>
    </div>
  )
}
