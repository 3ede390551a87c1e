/** The one button that sends. While a combo is open it counts, and a ring shows how long yet. */
import { giftLimits } from '@odeon/rooms/protocol'
import { useEffect, useState } from 'react'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { useTranslation } from '../text/use-translation.ts'
import { Coin } from './gift-glyph.tsx'
import type { Order } from './gift-order.tsx'
import { giftName } from './gift-words.ts'

interface GiftSendProps {
  feed: ChatFeed
  order: Order
  onSend: () => void
}

const radius = 15
const around = 2 * Math.PI * radius

export function GiftSend({ feed, order, onSend }: GiftSendProps) {
  const { t, i18n } = useTranslation()
  const { gift, quantity, coins, isLocked, short } = order
  const { combo, landed } = feed.gifts
  const name = giftName(t, gift.id)
  const units = feed.gifts.unitsOf(gift.id)
  const isCombo = combo?.giftId === gift.id
  const isOff = isLocked || short > 0 || quantity === 0
  useEndOf(feed)
  const words = { quantity, name, count: coins, units }
  return (
    <>
      <button
        type="button"
        className="button button-primary gift-send"
        data-combo={isCombo || undefined}
        aria-disabled={isOff || undefined}
        onClick={() => {
          if (!isOff) onSend()
        }}
        onKeyDown={(event) => {
          // A key that is held down must not spend.
          if (event.repeat && event.key === 'Enter') event.preventDefault()
        }}
      >
        {isCombo ? (
          <svg className="gift-ring" viewBox="0 0 36 36" aria-hidden="true">
            <circle cx="18" cy="18" r={radius} />
            <circle
              key={landed}
              cx="18"
              cy="18"
              r={radius}
              className="gift-ring-left"
              strokeDasharray={around}
              style={{ animationDuration: `${giftLimits.comboMs}ms` }}
            />
          </svg>
        ) : null}
        <span className="unseen">
          {isCombo ? t('gifts.comboLabel', words) : t('gifts.sendLabel', words)}
        </span>
        {isCombo ? (
          <strong key={units} className="gift-count figures" aria-hidden="true">
            {t('gifts.combo', { units })}
          </strong>
        ) : (
          <span aria-hidden="true">{t('gifts.send')}</span>
        )}
        <span className="gift-total figures" aria-hidden="true">
          <Coin size={15} />
          {new Intl.NumberFormat(i18n.language).format(coins)}
        </span>
      </button>
      <Landed feed={feed} />
    </>
  )
}

/** Said aloud once for each. */
function Landed({ feed }: { feed: ChatFeed }) {
  const { t } = useTranslation()
  const { landed, combo } = feed.gifts
  const [from] = useState(landed)
  const isNew = landed > from && combo !== null
  const words = combo && { quantity: combo.units, name: giftName(t, combo.giftId) }
  return (
    <p className="unseen" role="status">
      {isNew && words ? t('gifts.sent', words) : ''}
    </p>
  )
}

/** The ring runs by itself; at its end the button sends anew. */
function useEndOf({ gifts }: ChatFeed): void {
  const until = gifts.combo?.untilMs
  useEffect(() => {
    if (until === undefined) return
    const timer = setTimeout(() => gifts.beat(Date.now()), Math.max(0, until - Date.now()) + 20)
    return () => clearTimeout(timer)
  }, [gifts, until])
}
