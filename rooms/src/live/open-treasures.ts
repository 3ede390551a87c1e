/** A live room's part in its treasure box, put together from what the room holds. */
import type { TreasureDrawn } from '../treasure/protocol.ts'
import type { TreasureDesk } from '../treasure/treasure-desk.ts'
import { type Told, TreasureHouse } from '../treasure/treasure-house.ts'
import type { Treasures } from '../treasure/treasure-scope.ts'
import type { LiveScope } from './live-scope.ts'

export interface TreasureParts {
  /** Absent where there is no ledger. */
  treasures?: TreasureDesk | undefined
  touch: () => void
}

export function openTreasures(
  scope: LiveScope,
  { treasures: desk, touch }: TreasureParts,
): Treasures | undefined {
  if (desk === undefined) return undefined
  const { state, world, memory, announce, aside, isCutOff } = scope
  const house = new TreasureHouse({
    streamId: state.streamId,
    state: state.treasure,
    desk,
    memory,
    announce,
    told: () => lastTold(scope),
    now: world.now,
    isLive: () => state.phase === 'live',
    isCutOff,
    touch,
    aside: (work, failure) => aside(work, failure),
  })
  return { desk, house }
}

function lastTold({ amend }: Pick<LiveScope, 'amend'>): Told | undefined {
  let told: Told | undefined
  amend(({ type, entry }) => {
    const isDrawn = type === 'treasure.drawn'
    if (!isDrawn && type !== 'treasure.funded') return undefined
    told = { boxId: (entry as unknown as TreasureDrawn).boxId, isDrawn }
    return undefined
  })
  return told
}
