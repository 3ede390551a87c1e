/**
 * Keeps a card right above what opened it, whatever moves that: a window that changes its size, a
 * field that grows. It looks with each frame, as long as it is there.
 */
import { type RefObject, useLayoutEffect } from 'react'

const gapPx = 12
const edgePx = 8

export function useAbove(
  card: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    let frame = 0
    let before = ''
    const follow = () => {
      frame = requestAnimationFrame(follow)
      const at = anchor.current?.getBoundingClientRect()
      if (!card.current || !at) return
      const most = innerWidth - edgePx - card.current.offsetWidth
      const right = Math.max(edgePx, Math.min(innerWidth - at.right, most))
      const place = {
        '--card-right': `${right}px`,
        '--card-bottom': `${innerHeight - at.top + gapPx}px`,
        '--card-height': `${at.top - gapPx - edgePx}px`,
      }
      const now = Object.values(place).join()
      if (now === before) return
      before = now
      for (const [name, value] of Object.entries(place)) card.current.style.setProperty(name, value)
    }
    follow()
    return () => cancelAnimationFrame(frame)
  }, [card, anchor])
}
