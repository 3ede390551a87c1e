/** Cards whose rank changed glide to their new place instead of jumping there. */
import { type RefObject, useLayoutEffect, useRef } from 'react'

const moveMs = 220

/** Every element with `data-card` inside `list`; `order` tells when places may have changed. */
export function useCalmMoves(list: RefObject<HTMLElement | null>, order: string): void {
  const places = useRef(new Map<string, DOMRect>())
  useLayoutEffect(() => {
    const now = new Map<string, DOMRect>()
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    for (const card of list.current?.querySelectorAll<HTMLElement>('[data-card]') ?? []) {
      const id = card.dataset.card ?? ''
      const place = placeOf(card)
      const before = places.current.get(id)
      now.set(id, place)
      if (!before || isCalm || before.width !== place.width) continue
      const [x, y] = [before.x - place.x, before.y - place.y]
      if (x === 0 && y === 0) continue
      card.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
        duration: moveMs,
        easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)',
      })
    }
    places.current = now
  }, [list, order])
}

/** On the page rather than in the window: scrolling moves nobody. */
function placeOf(card: HTMLElement): DOMRect {
  const box = card.getBoundingClientRect()
  return new DOMRect(box.x + scrollX, box.y + scrollY, box.width, box.height)
}
