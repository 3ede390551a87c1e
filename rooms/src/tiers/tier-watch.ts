/** What a personal room asks of its owner's tier: a part of ports.ts. */
import type { OwnTier } from './protocol.ts'

export interface TierWatch {
  /** As it is at this moment. */
  of(userId: string): Promise<OwnTier>
  /** Calls back when it may have changed, in whatever process. The result stops it. */
  subscribe(userId: string, listener: () => void): () => void
}
