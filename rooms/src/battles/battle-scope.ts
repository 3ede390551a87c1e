/** What actions of battles see. */
import type { Scope } from '../kit/command.ts'
import type { StreamPhase } from '../live/protocol.ts'
import type { Giving } from '../gifts/gift-scope.ts'
import type { Media } from '../media/media.ts'
import type { Standings } from '../moderation/standings.ts'
import type { Streams } from '../ports.ts'
import type { BattleDesk } from './battle-desk.ts'
import type { BattleHouse } from './battle-house.ts'
import type { BattleEvents } from './protocol.ts'

export interface BattleScope
  extends Scope<{ readonly streamId: string; readonly phase: StreamPhase }, BattleEvents> {
  /** Absent where there is no ledger. */
  readonly giving: Giving | undefined
  readonly standings: Pick<Standings, 'identityOf'>
  readonly streams: Pick<Streams, 'admit'>
  /** Absent where battles are off. */
  readonly battles: Battling | undefined
}

export interface Battling {
  readonly desk: BattleDesk
  readonly house: BattleHouse
  readonly media: Media | undefined
}
