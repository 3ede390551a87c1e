/** Commands of treasure boxes, one line each. */
import { type CommandTable, command, everyone } from '../kit/command.ts'
import { claimTreasure } from './claim-treasure.ts'
import { fundTreasure } from './fund-treasure.ts'
import { treasureClaim, treasureFund } from './protocol.ts'
import type { TreasureScope } from './treasure-scope.ts'

export const treasureCommands: CommandTable<TreasureScope> = {
  'treasure.fund': command({
    shape: treasureFund,
    may: ['host'],
    rate: { class: 'treasure.fund', perSecond: 0.5, burst: 3 },
    action: fundTreasure,
  }),
  'treasure.claim': command({
    shape: treasureClaim,
    may: everyone,
    rate: { class: 'treasure.claim', perSecond: 1, burst: 5 },
    action: claimTreasure,
  }),
}
