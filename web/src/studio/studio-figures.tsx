/** How the stream goes: what is true now, and minute by minute since its start. */
import type { LiveConnection } from '@odeon/sdk'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { EngagementChart } from './engagement-chart.tsx'

const refetchMs = 15_000
const lastMinuteMs = 3_000

export function LiveTotals({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const phase = useRoomState(room, (state) => state.phase)
  const startedAt = useRoomState(room, (state) => state.startedAt)
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const messages = useRoomState(room, (state) => state.metrics.messagesPerMinute)
  const reactions = useRoomState(room, (state) =>
    Object.values(state.reactions).reduce<number>(
      (sum, count) => sum + (typeof count === 'number' ? count : 0),
      0,
    ),
  )
  const now = useNow(1_000, phase === 'live')
  return (
    <dl className="totals figures">
      <div>
        <dt>{t('studio.totals.viewers')}</dt>
        <dd>
          <RollingNumber value={viewers} />
        </dd>
      </div>
      <div>
        <dt>{t('studio.totals.live')}</dt>
        <dd>{phase === 'live' ? clockOf(now - startedAt) : '0:00'}</dd>
      </div>
      <div>
        <dt>{t('studio.totals.messages')}</dt>
        <dd>
          <RollingNumber value={messages} />
        </dd>
      </div>
      <div>
        <dt>{t('studio.totals.reactions')}</dt>
        <dd>
          <RollingNumber value={reactions} />
        </dd>
      </div>
    </dl>
  )
}

interface EngagementProps {
  streamId: string
  /** `ending`: over, but its numbers are still being drawn up. */
  state: 'live' | 'ending' | 'ended'
}

/** Read again until the stream is over and its last minute is written down. */
export function Engagement({ streamId, state }: EngagementProps) {
  const { t } = useTranslation()
  const engagement = useQuery({
    queryKey: ['engagement', streamId, state],
    queryFn: () => odeon.streams.engagement(streamId),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => {
      if (state === 'live') return refetchMs
      return state === 'ended' && data && data.points.length > 0 ? false : lastMinuteMs
    },
  })
  return (
    <section className="desk-panel" aria-labelledby="studio-chart">
      <h2 id="studio-chart">{t('studio.chart.title')}</h2>
      {engagement.isError && !engagement.data ? (
        <p className="dim">{t('studio.chart.failed')}</p>
      ) : engagement.data ? (
        <EngagementChart points={engagement.data.points} />
      ) : (
        <div className="skeleton chart-skeleton" />
      )}
    </section>
  )
}
