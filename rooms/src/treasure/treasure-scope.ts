/** What actions of treasure boxes see. */
import type { Scope } from '../kit/command.ts'
import type { StreamPhase } from '../live/protocol.ts'
import type { SanctionScope } from '../moderation/refuse-sanctioned.ts'
import type { TreasureEvents } from './protocol.ts'
import type { TreasureDesk } from './treasure-desk.ts'
import type { TreasureHouse } from './treasure-house.ts'

export interface TreasureScope
  extends Scope<{ readonly streamId: string; readonly phase: StreamPhase }, TreasureEvents>,
    SanctionScope {
  /** Absent where there is no ledger. */
  readonly treasures: Treasures | undefined
}

export interface Treasures {
  readonly desk: TreasureDesk
  readonly house: TreasureHouse
}
