/** How loud the house is for this person: kept in this browser, the same in every room. */
import { useCallback, useEffect, useState } from 'react'

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

export function useSound(media: { volume: number }): {
  sound: Sound
  change: (sound: Sound) => void
} {
  const [sound, setSound] = useState(kept)
  useEffect(() => {
    media.volume = sound.isMuted ? 0 : sound.volume
  }, [media, sound])
  const change = useCallback((next: Sound) => {
    setSound(next)
    localStorage.setItem(key, JSON.stringify(next))
  }, [])
  return { sound, change }
}
