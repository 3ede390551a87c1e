/** One's own loudness on an element while the microphone is open: a proof that it works. */
import type { RoomMedia } from '@odeon/sdk'
import { type RefObject, useEffect } from 'react'
import { loudnessOf } from '../studio/devices/loudness.ts'

export function useOwnLevel(
  media: RoomMedia,
  isOpen: boolean,
  element: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const { current } = element
    if (!isOpen || !current) return undefined
    const stop = media.onLevel((level) => {
      current.style.setProperty('--level', loudnessOf(level).toFixed(2))
    })
    return () => {
      stop()
      current.style.removeProperty('--level')
    }
  }, [media, isOpen, element])
}
