/** Signing in can be opened from anywhere; the dialog itself comes when it is first asked for. */
import { useSyncExternalStore } from 'react'
import type { Way } from './ways-in.tsx'

let way: Way | null = null
const listeners = new Set<() => void>()

function set(next: Way | null): void {
  way = next
  for (const listener of listeners) listener()
}

let opener: Element | null = null

export function openSignIn(next: Way): void {
  if (way === null) opener = document.activeElement
  set(next)
}

/** Where the focus was before, or the account's button when that is gone. */
export function returnFocus(): void {
  const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body
  const target = isThere ? opener : document.querySelector('.account-button')
  if (target instanceof HTMLElement) target.focus()
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
