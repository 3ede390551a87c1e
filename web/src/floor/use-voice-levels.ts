/** Rings breathe with voices: written to the page directly, several times a second is no render. */
import type { AudioConnection } from '@odeon/sdk'
import { type RefObject, useEffect } from 'react'

export function useVoiceLevels(
  { media }: AudioConnection,
  list: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const show = () => {
      for (const seat of list.current?.children ?? []) {
        if (!(seat instanceof HTMLElement)) continue
        const heard = media.people.get(seat.dataset.speaker ?? '')
        const isSpeaking = heard?.isSpeaking ?? false
        seat.toggleAttribute('data-speaking', isSpeaking)
        seat.style.setProperty('--level', isSpeaking ? (heard?.level ?? 0).toFixed(2) : '0')
      }
    }
    show()
    const stops = [media.on('levels', show), media.on('changed', show)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [media, list])
}
