/** On a phone: supporters, train and goal as small signs in one row, which opens them whole. */
import type { LiveConnection } from '@odeon/sdk'
import { ChevronDown, Crown, Target, TrainFront } from 'lucide-react'
import type { CSSProperties, ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { Avatar } from '../stage/avatar.tsx'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import { BoardBody, type RoomGiftState } from './gift-board.tsx'
import { Coin } from './gift-glyph.tsx'
import { GoalBar } from './goal-bar.tsx'
import { TrainBar } from './train-bar.tsx'

export function GiftSigns({ room, isHost }: { room: LiveConnection; isHost: boolean }) {
  const { t } = useTranslation()
  const gifts = useRoomState(room, (state) => state.gifts)
  if (!gifts) return null
  const hasGifts = gifts.n > 0
  return (
    <DialogTrigger>
      <Button className="gift-signs">
        <span className="unseen">{wordsOf(t, gifts)}</span>
        {hasGifts ? <BoardSign gifts={gifts} /> : null}
        <TrainSign train={gifts.train} />
        <GoalSign goal={gifts.goal} />
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      <Popover className="menu-popover board-popover" placement="bottom start" offset={4}>
        <Dialog className="board-dialog" aria-label={t('gifts.board')}>
          <TrainBar room={room} />
          <GoalBar room={room} isHost={isHost} />
          {hasGifts ? <BoardBody gifts={gifts} /> : null}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

/** All of it in a sentence, for who does not see the signs. */
function wordsOf(t: TFunction, { n, coins, train, goal }: RoomGiftState): string {
  const words = [t('gifts.board')]
  if (n > 0) words.push(t('gifts.total', { count: coins }))
  if (train.level > 0) words.push(t('gifts.trainLabel', { level: train.level }))
  if (goal.targetCoins > 0) {
    const done = t('gifts.ofCoins', { coins: goal.coins, target: goal.targetCoins })
    words.push(`${goal.title === '' ? t('gifts.goal') : goal.title}: ${done}`)
  }
  return words.join('. ')
}

function BoardSign({ gifts: { throne, coins } }: { gifts: RoomGiftState }) {
  const { i18n } = useTranslation()
  const short = new Intl.NumberFormat(i18n.language, { notation: 'compact' })
  return (
    <span className="gift-sign figures" aria-hidden="true">
      {throne.id === '' ? (
        <Crown size={16} />
      ) : (
        <span className="halo">
          <Avatar id={throne.id} name={throne.name} size={22} />
        </span>
      )}
      <Coin size={14} />
      {short.format(coins)}
    </span>
  )
}

function TrainSign({ train: { level, coins, goalCoins, until } }: Pick<RoomGiftState, 'train'>) {
  const { i18n } = useTranslation()
  const now = useNow(1_000, level > 0)
  if (level === 0) return null
  return (
    <Ring className="train-sign" done={goalCoins === 0 ? 0 : coins / goalCoins}>
      <TrainFront size={13} />
      <b>{new Intl.NumberFormat(i18n.language).format(level)}</b>
      {clockOf(until - now)}
    </Ring>
  )
}

function GoalSign({ goal: { targetCoins, coins } }: Pick<RoomGiftState, 'goal'>) {
  const { i18n } = useTranslation()
  if (targetCoins === 0) return null
  const done = Math.min(1, coins / targetCoins)
  // Not quite there is not there.
  const part = done === 1 ? 1 : Math.min(0.99, done)
  return (
    <Ring className={done === 1 ? 'goal-sign goal-sign-reached' : 'goal-sign'} done={done}>
      <Target size={13} />
      {new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(part)}
    </Ring>
  )
}

interface RingProps {
  className: string
  done: number
  children: [sign: ReactNode, ...rest: ReactNode[]]
}

function Ring({ className, done, children: [sign, ...rest] }: RingProps) {
  const style = { '--done': Math.min(1, done) } as CSSProperties
  return (
    <span className={`gift-sign figures ${className}`} style={style} aria-hidden="true">
      <span className="gift-sign-ring">{sign}</span>
      {rest}
    </span>
  )
}
