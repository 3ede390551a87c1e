/** Over the stage: a card for each gift that is shown, and the canvas on which it moves. */
import type { GiftSent, LiveConnection } from '@odeon/sdk'
import { SkipForward } from 'lucide-react'
import { type CSSProperties, useLayoutEffect, useRef } from 'react'
import { nameColour } from '../chat/name-colours.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { useMayMove } from './effects-choice.ts'
import type { Showing } from './effects/effect-queue.ts'
import { GiftGlyph } from './gift-glyph.tsx'
import type { GiftInbox } from './gift-inbox.ts'
import { giftName } from './gift-words.ts'
import { useEffectQueue } from './use-effect-queue.ts'
import { useEffectStage } from './use-effect-stage.ts'
import { useFreePart } from './use-free-part.ts'

interface GiftShowProps {
  room: LiveConnection
  inbox: GiftInbox<GiftSent>
}

export function GiftShow({ room, inbox }: GiftShowProps) {
  const box = useRef<HTMLDivElement>(null)
  const { canvas, canMove } = useEffectStage(box, useMayMove())
  const { playing, skip } = useEffectQueue(room, inbox, canvas)
  const free = useFreePart(box, playing)
  useLayoutEffect(() => canvas.fit(free), [canvas, free])
  const large = playing.find(isLarge)
  return (
    <div
      className="gift-show"
      data-playing={playing.length}
      data-still={!canMove || undefined}
      data-dark={large?.effect === 'stage' || undefined}
      style={{ '--free-top': free.top, '--free-bottom': free.bottom } as CSSProperties}
    >
      <div ref={box} className="effect-box" />
      <ul className="gift-chips" aria-hidden="true">
        {playing.map((gift) => (isLarge(gift) ? null : <Chip key={gift.id} gift={gift} />))}
      </ul>
      {large ? (
        <LargeCard
          key={large.id}
          gift={large}
          isStill={!canMove}
          onSkip={() => {
            canvas.ended(large.id)
            skip()
          }}
        />
      ) : null}
    </div>
  )
}

const isLarge = ({ effect }: Showing): boolean => effect === 'banner' || effect === 'stage'

/** The chat says it to readers of the screen. */
function Chip({ gift }: { gift: Showing }) {
  const { t } = useTranslation()
  const { from, giftId, units, others, effect } = gift
  const words = { name: from.name, count: others }
  return (
    <li className="gift-chip" data-effect={effect} data-gift={giftId}>
      <Avatar id={from.id} name={from.name} size={34} />
      <span className="gift-chip-text">
        <strong style={{ color: nameColour(from.id) }}>
          {others > 0 ? t('gifts.andOthers', words) : from.name}
        </strong>
        <span>{t('gifts.lineText', { gift: giftName(t, giftId) })}</span>
      </span>
      <GiftGlyph giftId={giftId} size={36} />
      <span key={units} className="gift-chip-count figures">
        {t('gifts.combo', { units })}
      </span>
    </li>
  )
}

interface LargeCardProps {
  gift: Showing
  isStill: boolean
  onSkip: () => void
}

function LargeCard({ gift, isStill, onSkip }: LargeCardProps) {
  const { t } = useTranslation()
  const { from, giftId, units, effect } = gift
  return (
    <div className="gift-card" data-effect={effect} data-gift={giftId}>
      <div className="gift-card-body" aria-hidden="true">
        {isStill ? <GiftGlyph giftId={giftId} size={effect === 'stage' ? 120 : 88} /> : null}
        <p>
          <strong style={{ color: nameColour(from.id) }}>{from.name}</strong>{' '}
          {t('gifts.lineText', { gift: giftName(t, giftId) })}
        </p>
        {units > 1 ? (
          <span key={units} className="gift-card-count figures">
            {t('gifts.combo', { units })}
          </span>
        ) : null}
      </div>
      {effect === 'stage' ? (
        <button type="button" className="gift-skip" onClick={onSkip}>
          <SkipForward size={16} aria-hidden="true" />
          {t('gifts.skip')}
        </button>
      ) : null}
    </div>
  )
}
