/** What moderation is handed: the database, the clock, those it tells. */
import type { Logger, World } from '@odeon/rooms/ports'
import type { NoticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'
import type { OpenRooms } from '../rooms/open-rooms.ts'
import type { Effects } from './carry-out.ts'
import type { LetterDeps } from './send-letter.ts'

interface Surroundings {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  openRooms: OpenRooms
}

export interface ModerationDeps extends Surroundings {
  /** Carries out, after its commit, what a decision left. */
  effects: Pick<Effects, 'carryOut'>
}

/** What carrying out needs of others. */
export interface EffectDeps extends Surroundings {
  notices: Pick<NoticeDesk, 'postIn'>
  mail: LetterDeps
  /** Makes what follows from an account's suspension so, or from its end; again is harmless. */
  settleAccount: (userId: string) => Promise<void>
  /** Ends a stream that is live; false when it is not. */
  endStream: (streamId: string) => Promise<boolean>
}
