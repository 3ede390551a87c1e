/** The gifts side by side, cheapest first: one of them is chosen, by hand or by arrow keys. */
import { giftEffects } from '@odeon/rooms/protocol'
import type { HouseGift } from '@odeon/sdk'
import { Lock } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { nextInGrid } from '../frame/move-in-grid.ts'
import { useTranslation } from '../text/use-translation.ts'
import { Coin, GiftGlyph } from './gift-glyph.tsx'
import { giftName } from './gift-words.ts'

interface GiftGridProps {
  gifts: readonly HouseGift[]
  chosen: HouseGift
  /** Coins one has; undefined while it is not known. */
  left: number | undefined
  /** One's tier; 0 without one. */
  level: number
  onChoose: (gift: HouseGift) => void
  onSend: (gift: HouseGift) => void
}

export function GiftGrid({ gifts, chosen, left, level, onChoose, onSend }: GiftGridProps) {
  const { t } = useTranslation()
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const first = grid.current?.querySelector<HTMLElement>('[aria-checked="true"]')
    first?.focus({ preventScroll: true })
    first?.scrollIntoView({ block: 'nearest' })
  }, [])

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, gift: HouseGift) => {
    if (event.key === 'Enter') {
      // A key that is held down must not spend.
      event.preventDefault()
      if (!event.repeat) onSend(gift)
      return
    }
    const tiles = [...(grid.current?.querySelectorAll<HTMLElement>('.gift-tile') ?? [])]
    const next = nextInGrid(event.key, tiles, event.currentTarget)
    const nextGift = gifts.find(({ id }) => id === next?.dataset.gift)
    if (!next || !nextGift) return
    event.preventDefault()
    next.focus()
    onChoose(nextGift)
  }
  return (
    <div ref={grid} className="gift-grid" role="radiogroup" aria-label={t('gifts.choose')}>
      {gifts.map((gift) => (
        <GiftTile
          key={gift.id}
          gift={gift}
          isChosen={gift.id === chosen.id}
          isLocked={gift.tierMin > level}
          isDear={left !== undefined && gift.priceCoins > left}
          onChoose={() => onChoose(gift)}
          onKeyDown={(event) => onKeyDown(event, gift)}
        />
      ))}
    </div>
  )
}

interface GiftTileProps {
  gift: HouseGift
  isChosen: boolean
  /** For a higher tier than one has. */
  isLocked: boolean
  /** Costs more than one has. */
  isDear: boolean
  onChoose: () => void
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void
}

function GiftTile(props: GiftTileProps) {
  const { gift, isChosen, isLocked, isDear, onChoose, onKeyDown } = props
  const { t } = useTranslation()
  const { id, priceCoins: count, effect } = gift
  const name = giftName(t, id)
  const size = t(`gifts.sizes.${effect}`)
  return (
    <button
      type="button"
      role="radio"
      aria-checked={isChosen}
      aria-label={
        isLocked ? t('gifts.locked', { name, count }) : t('gifts.label', { name, count, size })
      }
      tabIndex={isChosen ? 0 : -1}
      className="gift-tile"
      data-gift={id}
      data-effect={effect}
      data-locked={isLocked || undefined}
      data-dear={isDear || undefined}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <GiftGlyph giftId={id} size={44} />
      {isLocked ? (
        <span className="gift-lock">
          <Lock size={12} aria-hidden="true" />
        </span>
      ) : null}
      <span className="gift-name">{name}</span>
      <span className="gift-price figures">
        <Coin size={13} />
        <Amount coins={count} />
      </span>
      <span className="gift-pips">
        {giftEffects.slice(0, giftEffects.indexOf(effect) + 1).map((pip) => (
          <i key={pip} />
        ))}
      </span>
    </button>
  )
}

function Amount({ coins }: { coins: number }) {
  const { i18n } = useTranslation()
  return new Intl.NumberFormat(i18n.language).format(coins)
}
