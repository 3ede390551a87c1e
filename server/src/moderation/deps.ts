/** What moderation is handed: the database, the clock, those it tells. */
import type { Logger, Notices, World } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import type { OpenRooms } from '../rooms/open-rooms.ts'

export interface ModerationDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  notices: Notices
  openRooms: OpenRooms
}
