/**
 * Keys of one letter or sign. Who speaks to the machine, or rests a hand on it, may be without
 * them (WCAG 2.1.4). Space, arrows and keys held with Ctrl or Alt are none of them.
 */
import { useSyncExternalStore } from 'react'

const key = 'odeon.letterKeys'
const listeners = new Set<() => void>()

const areOn = (): boolean => localStorage.getItem(key) !== 'off'

export function turnLetterKeys(isOn: boolean): void {
  if (isOn) localStorage.removeItem(key)
  else localStorage.setItem(key, 'off')
  for (const listener of listeners) listener()
}

/** True for every key that is not one of them, and for them while they are on. */
export const mayAct = (event: Pick<KeyboardEvent, 'key'>): boolean =>
  event.key === ' ' || event.key.length !== 1 || areOn()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  // Another tab of the same browser.
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

/** Whether to tell of them. */
export function useLetterKeys(): boolean {
  return useSyncExternalStore(subscribe, areOn)
}
