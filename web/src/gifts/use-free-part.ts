/** What header and chat leave of the stage on a phone, where they lie over it. */
import { type RefObject, useLayoutEffect, useState } from 'react'
import { phone, useMedia } from '../frame/use-media.ts'

/** As shares of the stage's height. */
export interface FreePart {
  top: number
  bottom: number
}

const all: FreePart = { top: 0, bottom: 1 }
const above = '.room-header, .room-facts, .room:not(.voices) .gift-signs'
const below = '.room-chat, .hall-foot'
/** Less than this is no place to show anything. */
const leastShare = 0.25

/** Measured anew with each gift: chat and boards grow and shrink. */
export function useFreePart(box: RefObject<HTMLElement | null>, shown: unknown): FreePart {
  const isPhone = useMedia(phone)
  const [free, setFree] = useState(all)
  useLayoutEffect(() => {
    const now = isPhone ? measured(box.current) : all
    setFree((known) => (known.top === now.top && known.bottom === now.bottom ? known : now))
  }, [box, isPhone, shown])
  return free
}

function measured(box: HTMLElement | null): FreePart {
  const room = box?.closest('.room')
  if (!box || !room) return all
  const stage = box.getBoundingClientRect()
  const edges = (selector: string) =>
    [...room.querySelectorAll(selector)]
      .map((part) => part.getBoundingClientRect())
      .filter(({ height }) => height > 0)
  const shareOf = (y: number) => Math.min(1, Math.max(0, (y - stage.top) / stage.height))
  const top = Math.max(0, ...edges(above).map((edge) => shareOf(edge.bottom)))
  const bottom = Math.min(1, ...edges(below).map((edge) => shareOf(edge.top)))
  return bottom - top < leastShare ? all : { top, bottom }
}
