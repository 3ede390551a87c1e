/** Every command of a room of voices: a live room's, and the floor's. */
import { floorCommands } from '../floor/floor-commands.ts'
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { liveCommands } from '../live/live-commands.ts'
import type { LiveScope } from '../live/live-scope.ts'
import { streamEnd } from '../live/protocol.ts'
import { mediaTicketAsk } from '../media/protocol.ts'
import { askTicket } from './ask-ticket.ts'
import { endAudio } from './end-audio.ts'

export const audioCommands: CommandTable<LiveScope> = {
  ...liveCommands,
  ...floorCommands,
  // A read: a ticket is a secret for minutes, and no successor has to know it.
  'media.ticket': command({
    shape: mediaTicketAsk,
    may: everyone,
    rate: { class: 'media', perSecond: 1, burst: 5 },
    isRead: true,
    action: askTicket,
  }),
  'stream.end': command({ shape: streamEnd, may: everyone, action: endAudio }),
}
