/** `gift.send`: coins go to the host, everybody gets `gift.sent`. The ledger decides. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { refuseSanctioned } from '../moderation/refuse-sanctioned.ts'
import type { GiftScope, Giving } from './gift-scope.ts'
import { type GiftReply, type GiftSend, giftRefusals } from './protocol.ts'

export async function sendGift(
  scope: GiftScope,
  member: Member,
  message: GiftSend,
): Promise<GiftReply> {
  const { desk, house } = mayGive(scope, member, message)
  const { giftId, quantity, requestId: id } = message
  const combo = house.combos.join(member.id, giftId, scope.world.newId)
  try {
    const outcome = await desk.send({
      id,
      streamId: scope.state.streamId,
      from: { id: member.id, name: member.name },
      to: (scope.giving as Giving).hostId,
      giftId,
      quantity,
      comboId: combo.id,
      askedAt: scope.world.now(),
    })
    if ('refused' in outcome) refuse(giftRefusals, outcome.refused, outcome.retryAfterMs)
    await house.take(outcome.receipt)
    const { id: transferId, n, at, coins, comboId, comboUnits } = outcome.receipt
    const { balanceCoins } = outcome
    return { id: transferId, n, at, giftId, quantity, coins, comboId, comboUnits, balanceCoins }
  } finally {
    combo.done()
  }
}

/** In this order; the ledger has the last word about coins. */
function mayGive(scope: GiftScope, member: Member, { giftId }: GiftSend): Giving {
  const { giving, state } = scope
  if (giving === undefined) refuse(giftRefusals, 'no_wallet')
  refuseSanctioned(scope, member)
  if (state.phase !== 'live') refuse(giftRefusals, 'not_live')
  if (member.kind === 'guest') refuse(giftRefusals, 'accounts_only')
  if (member.id === giving.hostId) refuse(giftRefusals, 'own_stream')
  if (giving.desk.find(giftId) === undefined) refuse(giftRefusals, 'unknown_gift')
  if (!giving.isHosted()) refuse(giftRefusals, 'host_away')
  return giving
}
