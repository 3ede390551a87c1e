/** Commands of reactions, one line each. */
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { reactionLimits, reactionSend } from './protocol.ts'
import { type ReactionScope, sendReaction } from './send-reaction.ts'

const rate = {
  class: 'reaction',
  perSecond: reactionLimits.sendPerSecond,
  burst: reactionLimits.sendBurst,
}

export const reactionCommands: CommandTable<ReactionScope> = {
  'reaction.send': command({ shape: reactionSend, may: everyone, rate, action: sendReaction }),
}
