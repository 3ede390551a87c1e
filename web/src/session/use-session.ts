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

const retryMs = 5_000

/** While the server cannot be reached nobody is signed in; pages that need it say so themselves. */
async function findOut(): Promise<void> {
  try {
    show({ isStarting: false, me: await odeon.auth.restore() })
  } catch {
    show({ isStarting: false, me: null })
    setTimeout(() => void findOut(), retryMs)
  }
}
void findOut()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSession(): SessionView {
  return useSyncExternalStore(subscribe, () => view)
}
