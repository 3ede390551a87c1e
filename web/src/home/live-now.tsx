/** Everybody who is live, the liveliest on the large stage; calm under the pointer. */
import { useRef, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { heldCards, type LiveCard, onStageFirst } from './live-card.ts'
import { StreamCard } from './stream-card.tsx'
import { StreamHero } from './stream-hero.tsx'
import { useCalmMoves } from './use-calm-moves.ts'

/** True while the mouse is over it or the focus is in it. */
function useHold() {
  const [isPointed, setPointed] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const hold = {
    onPointerEnter: (event: React.PointerEvent) => setPointed(event.pointerType === 'mouse'),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setFocused(true),
    onBlur: (event: React.FocusEvent) =>
      setFocused(event.currentTarget.contains(event.relatedTarget)),
  }
  return [isPointed || isFocused, hold] as const
}

/** The order people see: it follows the ranks unless somebody is about to choose. */
function useShown(cards: readonly LiveCard[], isHeld: boolean, now: number): readonly LiveCard[] {
  const [shown, setShown] = useState<readonly LiveCard[]>(() => onStageFirst(cards, undefined))
  const [seen, setSeen] = useState(cards)
  const [wasHeld, setWasHeld] = useState(isHeld)
  if (seen === cards && wasHeld === isHeld) return shown
  const next = isHeld ? heldCards(shown, cards, now) : onStageFirst(cards, shown[0]?.streamId)
  setSeen(cards)
  setWasHeld(isHeld)
  setShown(next)
  return next
}

export function LiveNow({ cards, now }: { cards: readonly LiveCard[]; now: number }) {
  const { t } = useTranslation()
  const region = useRef<HTMLDivElement>(null)
  const [isHeld, hold] = useHold()
  const shown = useShown(cards, isHeld, now)
  useCalmMoves(region, shown.map(({ streamId }) => streamId).join())
  const [first, ...others] = shown
  if (!first) return null
  return (
    <div ref={region} className="live-now" {...hold}>
      <StreamHero key={first.streamId} card={first} now={now} />
      {others.length > 0 ? (
        <section aria-labelledby="also">
          <h2 id="also">{t('home.alsoLive')}</h2>
          <ul className="cards">
            {others.map((card) => (
              <StreamCard key={card.streamId} card={card} now={now} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}
