/** Every command of a live room, one line each: reading this table is reading the room's API. */
import { battleCommands } from '../battles/battle-commands.ts'
import { chatCommands } from '../chat/chat-commands.ts'
import { floorCommands } from '../floor/floor-commands.ts'
import { giftCommands } from '../gifts/gift-commands.ts'
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { askTicket } from '../media/ask-ticket.ts'
import { mediaTicketAsk } from '../media/protocol.ts'
import { moderationCommands } from '../moderation/moderation-commands.ts'
import { reactionCommands } from '../reactions/reaction-commands.ts'
import { treasureCommands } from '../treasure/treasure-commands.ts'
import type { LiveScope } from './live-scope.ts'
import { streamCommands } from './stream-commands.ts'

export const liveCommands: CommandTable<LiveScope> = {
  ...chatCommands,
  ...moderationCommands,
  ...floorCommands,
  ...giftCommands,
  ...battleCommands,
  ...treasureCommands,
  ...reactionCommands,
  // A read: a ticket is a secret for minutes, and no successor has to know it.
  'media.ticket': command({
    shape: mediaTicketAsk,
    may: everyone,
    rate: { class: 'media', perSecond: 1, burst: 5 },
    isRead: true,
    action: askTicket,
  }),
  ...streamCommands,
}
