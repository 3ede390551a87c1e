/** Installing the app, where the browser offers it: asked for from the menu, never by itself. */
import { useSyncExternalStore } from 'react'

/** Chromium's own event; others install from their menus. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

let offer: InstallOffer | undefined
const listeners = new Set<() => void>()

function set(next: InstallOffer | undefined): void {
  offer = next
  for (const listener of listeners) listener()
}

/** Before anything else runs: the browser offers once. */
export function listenForOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    set(event as InstallOffer)
  })
  addEventListener('appinstalled', () => set(undefined))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Undefined where there is nothing to install. */
export function useInstall(): (() => void) | undefined {
  const current = useSyncExternalStore(subscribe, () => offer)
  if (!current) return undefined
  return () => {
    // An offer is good for one question.
    set(undefined)
    void current.prompt()
  }
}
