/** Commands of gifts, one line each. */
import { type CommandTable, command, everyone } from '../kit/command.ts'
import type { GiftScope } from './gift-scope.ts'
import { giftLimits, giftSend, goalSet } from './protocol.ts'
import { sendGift } from './send-gift.ts'
import { setGoal } from './set-goal.ts'

const rate = { class: 'gift', perSecond: giftLimits.sendPerSecond, burst: giftLimits.sendBurst }

export const giftCommands: CommandTable<GiftScope> = {
  'gift.send': command({ shape: giftSend, may: everyone, rate, action: sendGift }),
  'goal.set': command({ shape: goalSet, may: ['host'], action: setGoal }),
}
