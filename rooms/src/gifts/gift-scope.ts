/** What actions of gifts see. */
import type { Scope } from '../kit/command.ts'
import type { StreamPhase } from '../live/protocol.ts'
import type { SanctionScope } from '../moderation/refuse-sanctioned.ts'
import type { GiftDesk } from './gift-desk.ts'
import type { GiftHouse } from './gift-house.ts'
import type { GiftEvents } from './protocol.ts'
import type { Gifts } from './state.ts'

export interface GiftState {
  readonly streamId: string
  readonly phase: StreamPhase
  readonly gifts: Gifts
}

export interface GiftScope extends Scope<GiftState, GiftEvents>, SanctionScope {
  /** Absent where there is no ledger: nothing is given then. */
  readonly giving: Giving | undefined
}

export interface Giving {
  readonly desk: GiftDesk
  readonly house: GiftHouse
  readonly hostId: string
  /** The host, or who leads for them, is here or was a moment ago. */
  isHosted(): boolean
  /** About once a second. */
  beat(now: number): void
}
