/** The same battle once more, asked for by whichever of its hosts wants it. */
import type { BattleChallenge } from '@odeon/sdk'
import { type BattleNow, ownSideOf, sidesInOrder } from './battle-view.ts'

export function rematchOf(battle: BattleNow, streamId: string): BattleChallenge {
  const { minutes, giftId, terms } = battle
  const own = ownSideOf(battle, streamId)
  const [, ...others] = sidesInOrder(battle, streamId)
  const partner = others.find(({ team }) => team === own?.team)
  return {
    rivals: others.map((side) => side.streamId),
    minutes,
    terms,
    ...(partner && { partner: partner.streamId }),
    ...(giftId !== '' && { giftId }),
  }
}
