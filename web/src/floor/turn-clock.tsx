/** How long somebody may speak still, for everybody to see. */
import type { LiveConnection } from '@odeon/sdk'
import { Timer } from 'lucide-react'
import { clockOf } from '../frame/clock.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { useTranslation } from '../text/use-translation.ts'

/** So near the end it is pressing. */
export const soonMs = 10_000

interface TurnClockProps {
  room: LiveConnection
  /** Unix ms. */
  until: number
}

export function TurnClock({ room, until }: TurnClockProps) {
  const { t } = useTranslation()
  const leftMs = until - useRoomNow(room, 1_000)
  const time = clockOf(leftMs + 999)
  return (
    <span
      className="turn-clock figures"
      data-soon={leftMs <= soonMs || undefined}
      role="timer"
      aria-label={t('floor.turns.left', { time })}
    >
      <Timer size={13} aria-hidden="true" />
      {time}
    </span>
  )
}

/** For the ear once, near the end. */
export function TurnSoon({ room, until }: TurnClockProps) {
  const { t } = useTranslation()
  const now = useRoomNow(room, 1_000, until > 0)
  return (
    <span className="unseen" role="status">
      {until > 0 && until - now <= soonMs ? t('floor.turns.soon') : null}
    </span>
  )
}
