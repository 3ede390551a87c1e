/** Gifts that take long to arrive, and those nobody answered for: sent again, paid once. */
import { Clock, RotateCcw, TriangleAlert, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { useTranslation } from '../text/use-translation.ts'
import { GiftGlyph } from './gift-glyph.tsx'
import { giftName } from './gift-words.ts'
import type { OwnGift } from './own-gifts.ts'

/** Most are there sooner, and a line that comes and goes at once only flickers. */
const patienceMs = 700

export function PendingGifts({ feed }: { feed: ChatFeed }) {
  const { gifts } = feed.gifts
  if (gifts.length === 0) return null
  return (
    <ul className="chat-pending">
      {gifts.map((gift) => (
        <PendingGift key={gift.id} gift={gift} feed={feed} />
      ))}
    </ul>
  )
}

function PendingGift({ gift, feed }: { gift: OwnGift; feed: ChatFeed }) {
  const { t } = useTranslation()
  const { giftId, quantity, state } = gift
  const isLate = useIsLate()
  if (state === 'sending' && !isLate) return null
  const isFailed = state === 'failed'
  const Sign = isFailed ? TriangleAlert : Clock
  return (
    <li className="chat-line gift-pending" data-pending={state}>
      <GiftGlyph giftId={giftId} size={18} />
      <span className="chat-text">
        {t('gifts.underway', { quantity, name: giftName(t, giftId) })}
      </span>
      <span className={isFailed ? 'pending-mark pending-failed' : 'pending-mark'}>
        <Sign size={13} aria-hidden="true" />
        {isFailed ? t('gifts.noAnswer') : t(feed.isAway ? 'chat.waiting' : 'chat.sending')}
        {isFailed ? (
          <>
            <button
              type="button"
              aria-label={t('gifts.sendAgain')}
              onClick={() => feed.gifts.sendAgain(gift)}
            >
              <RotateCcw size={16} aria-hidden="true" />
            </button>
            <button
              type="button"
              aria-label={t('gifts.discard')}
              onClick={() => feed.gifts.discard(gift)}
            >
              <X size={16} aria-hidden="true" />
            </button>
          </>
        ) : null}
      </span>
    </li>
  )
}

function useIsLate(): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs)
    return () => clearTimeout(timer)
  }, [])
  return isLate
}
