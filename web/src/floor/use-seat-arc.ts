/** The seats of so many speakers in the room there is, as that changes. */
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react'
import { type SeatArc, seatArc } from './seat-arc.ts'

export function useSeatArc(box: RefObject<HTMLElement | null>, count: number): SeatArc {
  const [room, setRoom] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const { current } = box
    if (!current) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      setRoom((known) =>
        known.width === width && known.height === height ? known : { width, height },
      )
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [box])
  return useMemo(() => seatArc({ count, ...room }), [count, room])
}
