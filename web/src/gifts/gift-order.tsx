/** Choosing and sending: a gift, a number, one tap. Enter on a gift sends it, too. */
import { giftLimits } from '@odeon/rooms/protocol'
import type { HouseGift } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useOwnTier } from '../tiers/use-tiers.ts'
import { ownWallet } from '../wallet/use-wallet.ts'
import { GiftGrid } from './gift-grid.tsx'
import { GiftQuantity } from './gift-quantity.tsx'
import { GiftSend } from './gift-send.tsx'
import { giftName, giftRefusedText } from './gift-words.ts'
import { useCoinsLeft } from './use-coins-left.ts'
import type { Catalogue } from './use-gifts.ts'

interface GiftOrderProps {
  feed: ChatFeed
  catalogue: Catalogue
}

export interface Order {
  gift: HouseGift
  quantity: number
  coins: number
  isLocked: boolean
  /** Coins that are missing; 0 while it is not known. */
  short: number
}

/** Of this page, so that the tray opens as it was left. */
let lastGiftId: string | undefined

export function GiftOrder({ feed, catalogue }: GiftOrderProps) {
  const { gifts, quantityMax } = catalogue
  const [giftId, setGiftId] = useState(lastGiftId)
  const [quantity, setQuantity] = useState<number | null>(1)
  const left = useCoinsLeft(feed)
  const level = useOwnTier()?.level ?? 0
  useEffect(() => feed.gifts.onPaid((coins) => ownWallet.answered(coins)), [feed])

  const gift = gifts.find(({ id }) => id === giftId) ?? gifts[0]
  const orderOf = (one: HouseGift): Order => {
    const coins = one.priceCoins * (quantity ?? 0)
    const short = left === undefined ? 0 : Math.max(0, coins - left)
    return { gift: one, quantity: quantity ?? 0, coins, isLocked: one.tierMin > level, short }
  }
  const choose = (one: HouseGift) => {
    lastGiftId = one.id
    setGiftId(one.id)
    feed.gifts.forgetRefused()
  }
  const send = (one: HouseGift) => {
    const order = orderOf(one)
    if (order.isLocked || order.short > 0 || quantity === null) return
    void feed.gifts.send({ giftId: one.id, quantity, coins: order.coins })
  }
  if (!gift) return null
  const order = orderOf(gift)
  return (
    <>
      <GiftGrid
        gifts={gifts}
        chosen={gift}
        left={left}
        level={level}
        onChoose={choose}
        onSend={send}
      />
      <div className="gift-foot">
        <OrderNote feed={feed} order={order} left={left} isNumber={quantity !== null} />
        <GiftQuantity
          quantity={quantity}
          max={Math.min(quantityMax, giftLimits.quantityMax)}
          onChange={setQuantity}
        />
        <GiftSend feed={feed} order={order} onSend={() => send(gift)} />
      </div>
    </>
  )
}

interface OrderNoteProps {
  feed: ChatFeed
  order: Order
  left: number | undefined
  isNumber: boolean
}

/** One line that never moves the others: what the gift is, or why it cannot be sent. */
function OrderNote({ feed, order, left, isNumber }: OrderNoteProps) {
  const { t } = useTranslation()
  const { gift, isLocked, short } = order
  const { refused } = feed.gifts
  const name = giftName(t, gift.id)
  if (refused) {
    return (
      <p className="gift-note gift-note-bad" role="alert">
        <span>
          {giftRefusedText(t, refused)}{' '}
          {refused.code === 'wallet_frozen' ? (
            <Link to="/coins" target="_blank" className="link">
              {t('coins.history')}
            </Link>
          ) : null}
        </span>
      </p>
    )
  }
  if (!isNumber) {
    const text = t('gifts.quantityWrong', { max: giftLimits.quantityMax })
    return <p className="gift-note gift-note-bad">{text}</p>
  }
  if (isLocked) {
    return (
      <p className="gift-note">
        <span>
          {t('gifts.lockedWhy', { name, tier: gift.tierMin })}{' '}
          <Link to="/og" className="link">
            {t('tiers.see')}
          </Link>
        </span>
      </p>
    )
  }
  if (short > 0) {
    const text = left === 0 ? t('gifts.noCoins') : t('gifts.short', { count: short })
    return (
      <p className="gift-note">
        <span>
          {text}{' '}
          <Link to="/coins" target="_blank" className="link">
            {t('coins.get')}
          </Link>
        </span>
      </p>
    )
  }
  const size = t(`gifts.sizes.${gift.effect}`)
  return <p className="gift-note">{t('gifts.about', { name, size })}</p>
}
