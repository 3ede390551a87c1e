/** House or paper: as the system says unless the person chose; the choice stays in this browser. */
import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'odeon.theme'
const listeners = new Set<() => void>()

function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value)
}

function current(): Theme {
  const kept = localStorage.getItem(key)
  return isTheme(kept) ? kept : 'system'
}

export function chooseTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') {
    localStorage.removeItem(key)
    delete root.dataset.theme
  } else {
    localStorage.setItem(key, theme)
    root.dataset.theme = theme
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current)
}
