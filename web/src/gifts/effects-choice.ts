/** Whether gifts may move on the stage: the person's choice in this browser, or their system's. */
import { useSyncExternalStore } from 'react'
import { useMedia } from '../frame/use-media.ts'

const key = 'odeon.effects'
const listeners = new Set<() => void>()

const isWanted = (): boolean => localStorage.getItem(key) !== 'still'

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function chooseEffects(areMoving: boolean): void {
  if (areMoving) localStorage.removeItem(key)
  else localStorage.setItem(key, 'still')
  for (const listener of listeners) listener()
}

export function useEffectsChoice(): boolean {
  return useSyncExternalStore(subscribe, isWanted)
}

/** False for whoever asked for less motion: they see a card that stands still. */
export function useMayMove(): boolean {
  const isCalm = useMedia('(prefers-reduced-motion: reduce)')
  return useEffectsChoice() && !isCalm
}
