/** A kept room in a component, as whoever is here. */
import { useEffect, useSyncExternalStore } from 'react'
import { useSession } from '../session/use-session.ts'
import type { Keepable, KeptRoom, KeptView } from './kept-room.ts'

/** `isWanted` false: nobody who may have it is here, and nothing is entered. */
export function useKeptRoom<Room extends Keepable>(
  kept: KeptRoom<Room>,
  isWanted = true,
): KeptView<Room> {
  const { me, isStarting } = useSession()
  const who = me?.id ?? 'visitor'
  useEffect(() => {
    if (isStarting || !isWanted) return undefined
    const release = kept.hold(who)
    const look = () => document.visibilityState === 'visible' && kept.enterAgain()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      release()
    }
  }, [kept, who, isStarting, isWanted])
  return useSyncExternalStore(kept.subscribe, kept.view)
}
