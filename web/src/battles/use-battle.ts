/** The battle of a room while there is one, and how many sides are on its stage. */
import type { LiveConnection } from '@odeon/sdk'
import { useRoomState } from '../live/use-room-state.ts'
import type { BattleNow } from './battle-view.ts'

/** Undefined while nobody fights and nobody is asked to. */
export function useBattle(room: LiveConnection): BattleNow | undefined {
  return useRoomState(room, ({ battle }) => (battle?.phase === 'none' ? undefined : battle))
}

/** How many stages are to be seen; 0 before it begins and after all is over. */
export function useStages(room: LiveConnection): number {
  return useRoomState(room, ({ phase, battle }) => {
    if (phase !== 'live' || !battle) return 0
    const { phase: at, sides } = battle
    return at === 'none' || at === 'invited' ? 0 : sides.length
  })
}
