/** Signing in can be opened from anywhere; the dialog itself comes when it is first asked for. */
import { useSyncExternalStore } from 'react'
import type { Way } from './ways-in.tsx'

let way: Way | null = null
const listeners = new Set<() => void>()

function set(next: Way | null): void {
  way = next
  for (const listener of listeners) listener()
}

export function openSignIn(next: Way): void {
  set(next)
}

export function closeSignIn(): void {
  set(null)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Which of the ways in is open. */
export function useWay(): Way | null {
  return useSyncExternalStore(subscribe, () => way)
}
