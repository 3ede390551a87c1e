/** The hype train while it runs: its level, how far to the next, how long yet. */
import { trainLimits } from '@odeon/rooms/protocol'
import type { LiveConnection } from '@odeon/sdk'
import { TrainFront } from 'lucide-react'
import type { CSSProperties } from 'react'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

const topLevel = trainLimits.goals.length

export function TrainBar({ room }: { room: LiveConnection }) {
  const { t, i18n } = useTranslation()
  const train = useRoomState(room, (state) => state.gifts?.train)
  const isRunning = train !== undefined && train.level > 0
  const now = useNow(1_000, isRunning)
  if (!isRunning) return null
  const { level, coins, goalCoins, until, supporters } = train
  const done = goalCoins === 0 ? 0 : Math.min(1, coins / goalCoins)
  const isFull = level >= topLevel && done >= 1
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <div
      className="gift-bar train-bar"
      data-level={level}
      role="group"
      aria-label={t('gifts.trainLabel', { level })}
      style={{ '--done': done } as CSSProperties}
    >
      <span className="gift-bar-sign">
        <TrainFront size={17} aria-hidden="true" />
      </span>
      <div className="gift-bar-body">
        <p>
          <strong>{t('gifts.trainLevel', { level })}</strong>
          <span className="dim">{t('gifts.trainPeople', { count: supporters })}</span>
          <span className="gift-bar-end figures" role="timer">
            {clockOf(until - now)}
          </span>
        </p>
        <div
          className="gift-track"
          role="progressbar"
          aria-label={t('gifts.trainNext')}
          aria-valuemin={0}
          aria-valuemax={goalCoins}
          aria-valuenow={coins}
          aria-valuetext={t('gifts.ofCoins', { coins, target: goalCoins })}
        >
          <i />
        </div>
        <p className="gift-bar-figures figures dim">
          {isFull ? t('gifts.trainTop') : `${number.format(coins)} / ${number.format(goalCoins)}`}
        </p>
      </div>
    </div>
  )
}
