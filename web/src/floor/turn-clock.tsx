/** How long somebody may speak still, for everybody to see. */
import { Timer } from 'lucide-react'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { useTranslation } from '../text/use-translation.ts'

/** So near the end it is pressing. */
export const soonMs = 10_000

interface TurnClockProps {
  /** Unix ms. */
  until: number
}

export function TurnClock({ until }: TurnClockProps) {
  const { t } = useTranslation()
  const leftMs = until - useNow(1_000)
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
