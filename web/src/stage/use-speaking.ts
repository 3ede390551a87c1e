/** Whether somebody speaks and how loud, for the ring around them. */
import type { RoomMedia } from '@odeon/sdk'
import { type RefObject, useEffect } from 'react'

/** Written to the element itself: it changes several times a second. */
export function useSpeaking(
  media: RoomMedia,
  userId: string,
  box: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const show = () => {
      const person = media.people.get(userId)
      box.current?.toggleAttribute('data-speaking', person?.isSpeaking === true)
      box.current?.style.setProperty('--level', `${person?.level ?? 0}`)
    }
    show()
    const stops = [media.on('levels', show), media.on('changed', show)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [media, userId, box])
}
