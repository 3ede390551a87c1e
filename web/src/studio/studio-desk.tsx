/** One stream on the desk: its room entered as the host, or its numbers once it is over. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { refusalText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { RefusedPage } from '../live/refused-page.tsx'
import { StreamNumbersView } from '../live/stream-numbers.tsx'
import { useLiveRoom } from '../live/use-live-room.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { Engagement } from './studio-figures.tsx'
import { StudioRoom } from './studio-room.tsx'
import { StudioSkeleton } from './studio-skeleton.tsx'

interface StudioDeskProps {
  streamId: string
  /** The desk shows this stream now, whatever the list says later. */
  onKeep: (streamId: string) => void
  onNext: () => void
  children: ReactNode
}

export function StudioDesk({ streamId, onKeep, onNext, children }: StudioDeskProps) {
  const { t } = useTranslation()
  const { visit, enterAgain } = useLiveRoom(streamId)
  const isIn = visit.status === 'in'
  useEffect(() => {
    if (isIn) onKeep(streamId)
  }, [isIn, onKeep, streamId])

  switch (visit.status) {
    case 'entering':
      return <StudioSkeleton />
    case 'in':
      return (
        <StudioRoom
          presence={visit.presence}
          onEnterAgain={enterAgain}
          after={<Summary streamId={streamId} onNext={onNext} />}
        >
          {children}
        </StudioRoom>
      )
    case 'away':
      return (
        <StatePage
          title={visit.refusal ? t('live.waitTitle') : t('live.awayTitle')}
          text={visit.refusal ? refusalText(t, visit.refusal) : t('live.awayText')}
          waiting
        >
          <button type="button" className="button button-primary" onClick={enterAgain}>
            {t('live.tryNow')}
          </button>
        </StatePage>
      )
    case 'refused':
      if (visit.code !== 'ended') return <RefusedPage code={visit.code} message={visit.message} />
      return (
        <div className="page">
          <Summary streamId={streamId} onNext={onNext} />
          {children}
        </div>
      )
  }
}

/** What a stream came to (LIVE-26); its numbers may come a moment after its end. */
function Summary({ streamId, onNext }: { streamId: string; onNext: () => void }) {
  const { t } = useTranslation()
  const ended = useQuery({
    queryKey: ['stream', streamId, 'ended'],
    queryFn: () => odeon.streams.get(streamId),
    refetchInterval: ({ state }) => (state.data?.numbers ? false : 2_000),
  })
  const numbers = ended.data?.numbers
  return (
    <div className="summary">
      <div className="summary-head">
        <div>
          <h1>{t('studio.summary')}</h1>
          <p className="dim">{ended.data?.title}</p>
        </div>
        <button type="button" className="button button-primary" onClick={onNext}>
          {t('studio.another')}
        </button>
      </div>
      <section className="desk-panel" aria-label={t('studio.figures')}>
        {numbers ? (
          <StreamNumbersView numbers={numbers} />
        ) : (
          <p className="dim">{t('live.endedCount')}</p>
        )}
      </section>
      <Engagement streamId={streamId} state={numbers ? 'ended' : 'ending'} />
    </div>
  )
}
