/** Everybody who is live, the liveliest on the large stage; calm under the pointer. */
import { useRef, useState } from 'react'
import { categories } from '../frame/chip.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { heldCards, type LiveCard, onStageFirst } from './live-card.ts'
import { heldRails, type LiveRail, railsOf } from './live-rails.ts'
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

type Category = (typeof categories)[number]

interface Shown {
  cards: readonly LiveCard[]
  rails: readonly LiveRail[]
}

function fresh(cards: readonly LiveCard[], holder: string | undefined): Shown {
  const ordered = onStageFirst(cards, holder)
  return { cards: ordered, rails: railsOf(ordered, categories) }
}

function held(shown: Shown, cards: readonly LiveCard[], now: number): Shown {
  const kept = heldCards(shown.cards, cards, now)
  return { cards: kept, rails: heldRails(shown.rails, kept) }
}

/** The order people see: it follows the ranks unless somebody is about to choose. */
function useShown(cards: readonly LiveCard[], isHeld: boolean, now: number): Shown {
  const [shown, setShown] = useState(() => fresh(cards, undefined))
  const [seen, setSeen] = useState(cards)
  const [wasHeld, setWasHeld] = useState(isHeld)
  if (seen === cards && wasHeld === isHeld) return shown
  const next = isHeld ? held(shown, cards, now) : fresh(cards, shown.cards[0]?.streamId)
  setSeen(cards)
  setWasHeld(isHeld)
  setShown(next)
  return next
}

export function LiveNow({ cards, now }: { cards: readonly LiveCard[]; now: number }) {
  const { t } = useTranslation()
  const region = useRef<HTMLDivElement>(null)
  const [isHeld, hold] = useHold()
  const { cards: shown, rails } = useShown(cards, isHeld, now)
  const order = rails.map((rail) => rail.cards.map(({ streamId }) => streamId).join())
  const [first] = shown
  useCalmMoves(region, [first?.streamId, ...order].join())
  if (!first) return null
  return (
    <div ref={region} className="live-now" {...hold}>
      <StreamHero key={first.streamId} card={first} now={now} />
      {rails.map(({ category, cards: others }) => (
        <section key={category ?? ''} aria-labelledby={`live-${category ?? 'also'}`}>
          <h2 id={`live-${category ?? 'also'}`}>
            {category ? t(`categories.${category as Category}`) : t('home.alsoLive')}
          </h2>
          <ul className="cards">
            {others.map((card) => (
              <StreamCard key={card.streamId} card={card} now={now} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
