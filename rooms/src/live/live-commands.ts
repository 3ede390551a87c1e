/** Every command of a live room, one line each: reading this table is reading the room's API. */
import { chatLimits, chatSend } from '../chat/protocol.ts'
import { sendChat } from '../chat/send-chat.ts'
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { reactionLimits, reactionSend } from '../reactions/protocol.ts'
import { sendReaction } from '../reactions/send-reaction.ts'
import { endStream } from './end-stream.ts'
import type { LiveScope } from './live-scope.ts'
import { streamEnd, streamStart } from './protocol.ts'
import { startStream } from './start-stream.ts'

const chatRate = { class: 'chat', perSecond: chatLimits.sendPerSecond, burst: chatLimits.sendBurst }
const reactionRate = {
  class: 'reaction',
  perSecond: reactionLimits.sendPerSecond,
  burst: reactionLimits.sendBurst,
}

export const liveCommands: CommandTable<LiveScope> = {
  'chat.send': command({ shape: chatSend, may: everyone, rate: chatRate, action: sendChat }),
  'reaction.send': command({
    shape: reactionSend,
    may: everyone,
    rate: reactionRate,
    action: sendReaction,
  }),
  'stream.start': command({ shape: streamStart, may: ['host'], action: startStream }),
  'stream.end': command({ shape: streamEnd, may: ['host'], action: endStream }),
}
