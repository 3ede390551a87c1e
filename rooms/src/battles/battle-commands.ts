/** Commands of battles, one line each: the host's. */
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { answerBattle, inviteRivals, leaveBattle, usePower, visitRival } from './ask-battle.ts'
import type { BattleScope } from './battle-scope.ts'
import { battleAnswer, battleInvite, battleLeave, battleTicketAsk, battleUse } from './protocol.ts'

const may = ['host'] as const
const rate = { class: 'battle', perSecond: 0.5, burst: 5 }

export const battleCommands: CommandTable<BattleScope> = {
  'battle.invite': command({ shape: battleInvite, may, rate, action: inviteRivals }),
  'battle.answer': command({ shape: battleAnswer, may, rate, action: answerBattle }),
  'battle.leave': command({ shape: battleLeave, may, rate, action: leaveBattle }),
  'battle.use': command({ shape: battleUse, may, rate, action: usePower }),
  'battle.ticket': command({
    shape: battleTicketAsk,
    may: everyone,
    rate: { class: 'media', perSecond: 1, burst: 5 },
    isRead: true,
    action: visitRival,
  }),
}
