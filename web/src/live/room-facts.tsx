/** Over the stage: live since when, and how many are here; in a room of voices, how many listen. */
import type { LiveConnection } from '@odeon/sdk'
import { Eye, Headphones } from 'lucide-react'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { useRoomState } from './use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

export function RoomFacts({ room, listeners }: { room: LiveConnection; listeners?: number }) {
  const { t } = useTranslation()
  const phase = useRoomState(room, (state) => state.phase)
  const startedAt = useRoomState(room, (state) => state.startedAt)
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const now = useNow(1_000, phase === 'live')
  const isHeard = listeners !== undefined
  const count = listeners ?? viewers
  const counted = t(isHeard ? 'floor.listeners' : 'live.viewers', { count })
  return (
    <div className="facts room-facts">
      {phase === 'live' ? (
        <span className="live-badge">
          <i aria-hidden="true" />
          {t('live.liveBadge')}
          <span
            className="figures"
            role="timer"
            aria-label={t('live.elapsed', { time: clockOf(now - startedAt) })}
          >
            {clockOf(now - startedAt)}
          </span>
        </span>
      ) : (
        <span className="fact">
          {phase === 'pending' ? t('live.pendingBadge') : t('live.endedBadge')}
        </span>
      )}
      <span className="fact" title={counted} data-viewers={viewers}>
        {isHeard ? (
          <Headphones size={15} aria-hidden="true" />
        ) : (
          <Eye size={15} aria-hidden="true" />
        )}
        <RollingNumber value={count} />
        <span className="unseen">{counted}</span>
      </span>
    </div>
  )
}
