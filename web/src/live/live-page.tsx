/**
 * The page of a room, of pictures or of voices by its record: from the door to the seat, and every
 * reason not to get there.
 */
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { Refusal } from '@odeon/sdk'
import { useEffect } from 'react'
import { ahead, later } from '../frame/later.tsx'
import { refusalText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useNow } from '../frame/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { EndedView } from './ended-view.tsx'
import { LiveRoomView } from './live-room-view.tsx'
import { RefusedPage } from './refused-page.tsx'
import { RoomSkeleton } from './room-skeleton.tsx'
import { useLiveRoom } from './use-live-room.ts'
import { useTranslation } from '../text/use-translation.ts'

const loadVoices = async () => (await import('../floor/voices-view.tsx')).VoicesView
const VoicesView = later(loadVoices)

export function LivePage() {
  const { streamId } = useParams({ from: '/live/$streamId' })
  return <Visit key={streamId} streamId={streamId} />
}

function Visit({ streamId }: { streamId: string }) {
  const { visit, enterAgain } = useLiveRoom(streamId)
  // The record comes faster than the seat and outlives the room.
  const stream = useQuery({
    queryKey: ['stream', streamId],
    queryFn: () => odeon.streams.get(streamId),
  })
  const medium = stream.data?.medium
  useEffect(() => {
    // Comes while the seat is taken.
    if (medium === 'audio') ahead(loadVoices)()
  }, [medium])
  switch (visit.status) {
    case 'entering':
      return <RoomSkeleton stream={stream.data} />
    case 'refused':
      if (visit.code === 'ended') return <EndedView streamId={streamId} />
      return <RefusedPage code={visit.code} message={visit.message} />
    case 'away':
      return <AwayPage {...visit} onTryNow={enterAgain} />
    case 'in':
      return visit.presence.medium === 'audio' ? (
        <VoicesView {...visit.presence} stream={stream.data} onEnterAgain={enterAgain} />
      ) : (
        <LiveRoomView presence={visit.presence} stream={stream.data} onEnterAgain={enterAgain} />
      )
  }
}

interface AwayPageProps {
  retryAtMs: number
  /** Set when the server answered, but not now. */
  refusal?: Refusal | undefined
  onTryNow: () => void
}

function AwayPage({ retryAtMs, refusal, onTryNow }: AwayPageProps) {
  const { t } = useTranslation()
  const now = useNow(250)
  const seconds = Math.max(0, Math.ceil((retryAtMs - now) / 1_000))
  const isFull = refusal?.code === 'room_full'
  const told = isFull ? t('live.fullTitle') : t('live.waitTitle')
  const title = refusal ? told : t('live.awayTitle')
  const text = refusal ? refusalText(t, refusal) : t('live.awayText')
  useTitle(title)
  return (
    <StatePage title={title} text={text} waiting>
      <p className="figures">
        {seconds > 0 ? t('live.retryIn', { count: seconds }) : `${t('live.retrying')}…`}
      </p>
      <button type="button" className="button button-primary" onClick={onTryNow}>
        {t('live.tryNow')}
      </button>
    </StatePage>
  )
}
