/** How loud the house is for this person: kept in this browser, the same in every room. */
import { useEffect, useSyncExternalStore } from 'react'

const key = 'odeon.sound'

export interface Sound {
  /** 0–1. */
  volume: number
  isMuted: boolean
}

function kept(): Sound {
  try {
    const { volume, isMuted } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Sound>
    const isVolume = typeof volume === 'number' && volume >= 0 && volume <= 1
    return { volume: isVolume ? volume : 1, isMuted: isMuted === true }
  } catch {
    // Somebody else wrote there: as if nothing were kept.
    return { volume: 1, isMuted: false }
  }
}

/** One for the page: several stages may sound at once. */
let current: Sound | undefined
const listeners = new Set<() => void>()

const read = (): Sound => (current ??= kept())

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function change(next: Sound): void {
  current = next
  localStorage.setItem(key, JSON.stringify(next))
  for (const listener of listeners) listener()
}

/** `isHushed`: this one alone is not to be heard. */
export function useSound(
  media: { volume: number },
  isHushed = false,
): { sound: Sound; change: (sound: Sound) => void } {
  const sound = useSyncExternalStore(subscribe, read)
  useEffect(() => {
    media.volume = sound.isMuted || isHushed ? 0 : sound.volume
  }, [media, sound, isHushed])
  return { sound, change }
}
