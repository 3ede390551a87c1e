/** What actions of a live room see: chat's scope, the streams port, tally and listing. */
import type { Battling } from '../battles/battle-scope.ts'
import type { ChatScope } from '../chat/chat-scope.ts'
import type { DelayAlarm } from '../chat/delay-alarm.ts'
import type { FloorHouse } from '../floor/floor-house.ts'
import type { Giving } from '../gifts/gift-scope.ts'
import type { Tally } from '../metrics/tally.ts'
import type { Streams } from '../ports.ts'
import type { UnsurePeople } from '../moderation/read-standing.ts'
import type { Treasures } from '../treasure/treasure-scope.ts'
import type { StreamListing } from './stream-listing.ts'

export interface LiveScope extends ChatScope {
  readonly streams: Streams
  readonly tally: Tally
  readonly listing: StreamListing
  readonly alarm: DelayAlarm
  /** Of whom only a relay has told, some time ago, how they stand. */
  readonly unsure: UnsurePeople
  /** Who may be seen and heard. */
  readonly floor: FloorHouse
  /** Absent where there is no ledger. */
  readonly giving: Giving | undefined
  /** Absent where battles are off. */
  readonly battles: Battling | undefined
  /** Absent where there is no ledger. */
  readonly treasures: Treasures | undefined
}
