/** What a live room needs from outside. */
import type { BattleDesk } from '../battles/battle-desk.ts'
import type { GiftDesk } from '../gifts/gift-desk.ts'
import type { RoomPorts } from '../kit/room-ports.ts'
import type { TreasureDesk } from '../treasure/treasure-desk.ts'
import type { ChannelDesk, Directory, Media, Moderation, Notices, Streams } from '../ports.ts'

export interface LivePorts extends RoomPorts {
  streams: Streams
  moderation: Moderation
  channels: ChannelDesk
  directory: Pick<Directory, 'publish' | 'withdraw'>
  notices: Notices
  /** Absent where no media are: rooms go on without picture and sound. */
  media?: Media | undefined
  /** Absent where there is no ledger: nothing is given. */
  gifts?: GiftDesk | undefined
  /** Absent: battles are off. */
  battles?: BattleDesk | undefined
  /** Absent where there is no ledger. */
  treasures?: TreasureDesk | undefined
}
