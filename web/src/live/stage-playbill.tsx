/** What is written on the stage: the playbill before, nothing while it plays, the numbers after. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { LiveConnection, Stream } from '@odeon/sdk'
import { Mark } from '../frame/mark.tsx'
import { useNow } from '../frame/use-now.ts'
import { agoOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { StreamNumbersView } from './stream-numbers.tsx'
import { useRoomState } from './use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

interface PlaybillProps {
  room: LiveConnection
  stream: Stream | undefined
  hostName: string
}

export function StagePlaybill({ room, stream, hostName }: PlaybillProps) {
  const { t } = useTranslation()
  const phase = useRoomState(room, (state) => state.phase)
  const title = useRoomState(room, (state) => state.title)
  const endedAt = useRoomState(room, (state) => state.endedAt)
  if (phase === 'ended') {
    const { streamId } = room
    return <Afterwards streamId={streamId} stream={stream} hostName={hostName} endedAt={endedAt} />
  }
  if (phase === 'live') return null
  const note = room.you.role === 'host' ? t('live.pendingHost') : t('live.pending')
  return <Playbill title={title} by={hostName} note={note} />
}

export function Playbill({ title, by, note }: { title: string; by: string; note: string }) {
  const { t } = useTranslation()
  return (
    <div className="playbill">
      <Mark size={44} waiting />
      <p className="playbill-title">{title}</p>
      <p className="playbill-by">{t('live.by', { name: by })}</p>
      <p className="playbill-note">{note}</p>
    </div>
  )
}

interface AfterwardsProps {
  streamId: string
  stream: Stream | undefined
  hostName: string
  endedAt: number
  /** Said beside it, as about a replay. */
  note?: ReactNode
}

export function Afterwards({ streamId, stream, hostName, endedAt, note }: AfterwardsProps) {
  const { t, i18n } = useTranslation()
  const now = useNow(30_000)
  // The record may have been read before the end; the numbers come with the next reading.
  const ended = useQuery({
    queryKey: ['stream', streamId, 'ended'],
    queryFn: () => odeon.streams.get(streamId),
    refetchInterval: ({ state }) => (state.data?.numbers ? false : pauseMs(state.dataUpdateCount)),
    initialData: stream?.numbers ? stream : undefined,
  })
  const when = agoOf(endedAt, now, i18n.language, t('time.justNow'))
  const numbers = ended.data?.numbers
  return (
    <div className="playbill playbill-ended">
      <h2 className="playbill-title">{t('live.endedTitle')}</h2>
      <p className="playbill-note">
        {endedAt > 0 ? t('live.endedText', { name: hostName, when }) : t('live.endedTextPlain')}
      </p>
      {numbers ? (
        <StreamNumbersView numbers={numbers} />
      ) : (
        <p className="playbill-note">{t('live.endedCount')}</p>
      )}
      {note === undefined ? null : <p className="playbill-note replay-note">{note}</p>}
      <div className="state-actions">
        <Link to="/live/$streamId/log" params={{ streamId }} className="button button-plain">
          {t('live.readLog')}
        </Link>
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </div>
    </div>
  )
}

/** Numbers usually come with the next reading; when they do not, asking slows down. */
function pauseMs(asked: number): number {
  return Math.min(60_000, 1_000 * 2 ** asked)
}
