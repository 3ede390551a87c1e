/** Three who gave most, and the throne, in one row; the rest on opening it. */
import type { LiveConnection, LiveSnapshot } from '@odeon/sdk'
import { ChevronDown, Crown } from 'lucide-react'
import { Button, Dialog, DialogTrigger, Heading, Popover, Switch } from 'react-aria-components'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { timeOf } from '../frame/when.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { chooseEffects, useEffectsChoice } from './effects-choice.ts'
import { Coin } from './gift-glyph.tsx'

export type RoomGiftState = NonNullable<LiveSnapshot['gifts']>

const shownClosed = 3

export function GiftBoard({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const gifts = useRoomState(room, (state) => state.gifts)
  if (!gifts) return null
  const { throne, supporters, coins } = gifts
  const isHeld = throne.id !== ''
  return (
    <DialogTrigger>
      <Button className="gift-board">
        <span className="unseen">{t('gifts.board')}</span>
        {isHeld ? (
          <span className="gift-throne" aria-hidden="true">
            <span className="halo">
              <Avatar id={throne.id} name={throne.name} size={30} />
            </span>
            <span className="gift-throne-name">
              <small>{t('gifts.throne')}</small>
              {throne.name}
            </span>
          </span>
        ) : (
          <span className="gift-throne-name" aria-hidden="true">
            {t('gifts.board')}
          </span>
        )}
        <span className="gift-podium" aria-hidden="true">
          {supporters.slice(0, shownClosed).map(({ id, name }, index) => (
            <span key={id} className="podium-place" data-place={index + 1}>
              <Avatar id={id} name={name} size={26} />
            </span>
          ))}
        </span>
        <span className="gift-total-coins figures" aria-hidden="true">
          <Coin size={15} />
          <RollingNumber value={coins} />
        </span>
        <ChevronDown size={16} aria-hidden="true" />
      </Button>
      <Popover className="menu-popover board-popover" placement="bottom" offset={6}>
        <Dialog className="board-dialog">
          <BoardBody gifts={gifts} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

/** All of it, within a dialog. */
export function BoardBody({ gifts: { throne, supporters, coins } }: { gifts: RoomGiftState }) {
  const { t } = useTranslation()
  return (
    <>
      <Heading slot="title">{t('gifts.board')}</Heading>
      <ThroneSeat throne={throne} />
      <Supporters supporters={supporters} />
      <p className="board-total">{t('gifts.total', { count: coins })}</p>
      <MovingSwitch />
    </>
  )
}

function ThroneSeat({ throne }: { throne: RoomGiftState['throne'] }) {
  const { t, i18n } = useTranslation()
  const { id, name, coins, since } = throne
  if (id === '') {
    return (
      <p className="board-throne board-throne-free">
        <Crown size={22} aria-hidden="true" />
        {t('gifts.throneFree')}
      </p>
    )
  }
  return (
    <div className="board-throne">
      <span className="halo halo-large">
        <Avatar id={id} name={name} size={56} />
      </span>
      <div>
        <p className="board-throne-title">{t('gifts.throne')}</p>
        <p className="board-name">{name}</p>
        <p className="dim">
          {t('gifts.throneCoins', { count: coins, time: timeOf(since, i18n.language) })}
        </p>
      </div>
    </div>
  )
}

function Supporters({ supporters }: { supporters: RoomGiftState['supporters'] }) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <ol className="board-list" aria-label={t('gifts.supporters')}>
      {supporters.map(({ id, name, coins }, index) => (
        <li key={id} data-place={index + 1}>
          <span className="board-place figures">{number.format(index + 1)}</span>
          <Avatar id={id} name={name} size={32} />
          <span className="board-name">{name}</span>
          <span className="board-coins figures">
            <Coin size={14} />
            {number.format(coins)}
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Whoever's system asks for less motion sees none, whatever stands here. */
function MovingSwitch() {
  const { t } = useTranslation()
  return (
    <Switch className="mode-toggle" isSelected={useEffectsChoice()} onChange={chooseEffects}>
      <span>{t('gifts.moving')}</span>
      <span className="switch" aria-hidden="true" />
    </Switch>
  )
}
