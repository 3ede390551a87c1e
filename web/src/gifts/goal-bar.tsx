/** What the host hopes for, and how much of it is there; the host sets it from here. */
import type { LiveConnection } from '@odeon/sdk'
import { Check, Pencil, Target } from 'lucide-react'
import { type CSSProperties, type ReactNode, useState } from 'react'
import { ahead, later } from '../frame/later.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

const loadDialog = async () => (await import('./goal-dialog.tsx')).GoalDialog
const GoalDialog = later(loadDialog)
const fetchDialog = ahead(loadDialog)

export function GoalBar({ room, isHost }: { room: LiveConnection; isHost: boolean }) {
  const { t } = useTranslation()
  const goal = useRoomState(room, (state) => state.gifts?.goal)
  const [isOpen, setOpen] = useState(false)
  const isSet = goal !== undefined && goal.targetCoins > 0
  if (!goal || (!isSet && !isHost)) return null
  const open = { onPointerEnter: fetchDialog, onFocus: fetchDialog, onClick: () => setOpen(true) }
  return (
    <>
      {isSet ? (
        <GoalFill goal={goal}>
          {isHost ? (
            <button
              type="button"
              className="gift-bar-edit"
              aria-label={t('gifts.goalChange')}
              {...open}
            >
              <Pencil size={15} aria-hidden="true" />
            </button>
          ) : null}
        </GoalFill>
      ) : (
        <button type="button" className="goal-none" {...open}>
          <Target size={16} aria-hidden="true" />
          {t('gifts.goalSet')}
        </button>
      )}
      {isOpen ? (
        <GoalDialog room={room} goal={isSet ? goal : undefined} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}

interface GoalFillProps {
  goal: { title: string; targetCoins: number; coins: number }
  children: ReactNode
}

function GoalFill({ goal, children }: GoalFillProps) {
  const { t, i18n } = useTranslation()
  const { title, targetCoins, coins } = goal
  const isReached = coins >= targetCoins
  const number = new Intl.NumberFormat(i18n.language)
  const name = title === '' ? t('gifts.goal') : title
  const Sign = isReached ? Check : Target
  return (
    <div
      className="gift-bar goal-bar"
      data-reached={isReached || undefined}
      style={{ '--done': Math.min(1, coins / targetCoins) } as CSSProperties}
    >
      <span className="gift-bar-sign">
        <Sign size={17} aria-hidden="true" />
      </span>
      <div className="gift-bar-body">
        <p>
          <strong>{name}</strong>
          <span className="gift-bar-end figures">
            {isReached
              ? t('gifts.goalReached')
              : `${number.format(coins)} / ${number.format(targetCoins)}`}
          </span>
        </p>
        <div
          className="gift-track"
          role="progressbar"
          aria-label={name}
          aria-valuemin={0}
          aria-valuemax={targetCoins}
          aria-valuenow={Math.min(coins, targetCoins)}
          aria-valuetext={t('gifts.ofCoins', { coins, target: targetCoins })}
        >
          <i />
        </div>
      </div>
      {children}
    </div>
  )
}
