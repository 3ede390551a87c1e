/** Why whoever was here, or signs in, may not be: known as soon as anything refuses them. */
import type { Suspension } from '@odeon/sdk'
import { useSyncExternalStore } from 'react'
import { odeon } from './odeon.ts'

const subscribe = (listener: () => void) => odeon.auth.onSuspension(listener)

export function useSuspension(): Suspension | null {
  return useSyncExternalStore(subscribe, () => odeon.auth.suspension)
}
