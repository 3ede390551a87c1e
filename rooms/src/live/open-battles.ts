/** A live room's part in battles, put together from what the room holds. */
import type { BattleDesk } from '../battles/battle-desk.ts'
import { BattleHouse } from '../battles/battle-house.ts'
import type { Battling } from '../battles/battle-scope.ts'
import type { Media } from '../media/media.ts'
import type { LiveScope } from './live-scope.ts'

export interface BattleParts {
  /** Absent: battles are off. */
  battles?: BattleDesk | undefined
  /** Absent where no media are. */
  media?: Media | undefined
  touch: () => void
}

export function openBattles(
  scope: LiveScope,
  { battles: desk, media, touch }: BattleParts,
): Battling | undefined {
  if (desk === undefined) return undefined
  const { state, world, memory, announce, aside, isCutOff } = scope
  const house = new BattleHouse({
    streamId: state.streamId,
    state: state.battle,
    desk,
    memory,
    announce,
    now: world.now,
    reactions: () => totalOf(state.reactions.toJSON()),
    hostAwayUntil: () => state.floor.hostAwayUntil,
    isLive: () => state.phase === 'live',
    isCutOff,
    parted: () => scope.floor.voices.putOutUngranted(),
    touch,
    aside: (work, failure) => aside(work, failure),
  })
  return { desk, house, media }
}

const totalOf = (byKind: Record<string, number>): number =>
  Object.values(byKind).reduce((sum, count) => sum + count, 0)
