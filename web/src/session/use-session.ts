/** Who is here: still finding out, nobody, a guest or an account. */
import type { Me } from '@odeon/sdk'
import { useSyncExternalStore } from 'react'
import { odeon } from './odeon.ts'

export interface SessionView {
  isStarting: boolean
  me: Me | null
}

let view: SessionView = { isStarting: true, me: null }
const listeners = new Set<() => void>()

function show(next: SessionView): void {
  view = next
  for (const listener of listeners) listener()
}

odeon.auth.onChange((me) => show({ isStarting: false, me }))

/**
 * Resolves when it is known who is here. A server that cannot be reached leaves nobody signed in;
 * pages that need the server say so themselves.
 */
export const sessionKnown: Promise<void> = odeon.auth.restore().then(
  (me) => show({ isStarting: false, me }),
  () => show({ isStarting: false, me: null }),
)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSession(): SessionView {
  return useSyncExternalStore(subscribe, () => view)
}
