/** `treasure.claim`: takes part in the draw, once; who is lucky is drawn when the box closes. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { refuseSanctioned } from '../moderation/refuse-sanctioned.ts'
import { type TreasureClaim, type TreasureClaimReply, treasureRefusals } from './protocol.ts'
import { closesAt } from './treasure-record.ts'
import type { TreasureScope, Treasures } from './treasure-scope.ts'

export async function claimTreasure(
  scope: TreasureScope,
  member: Member,
  message: TreasureClaim,
): Promise<TreasureClaimReply> {
  await scope.treasures?.house.open()
  const { desk, house } = mayClaim(scope, member, message)
  const { boxId, luck } = message
  const askedAt = scope.world.now()

  const by = { id: member.id, name: member.name }
  const outcome = await desk.claim({ boxId, by, luck, askedAt })

  if ('refused' in outcome) refuse(treasureRefusals, outcome.refused)
  house.counted(boxId, outcome.claims)
  return { boxId, ticket: outcome.ticket, endsAt: house.box?.endsAt ?? 0 }
}

/** In this order; whoever keeps the box has the last word. */
function mayClaim(scope: TreasureScope, member: Member, { boxId }: TreasureClaim): Treasures {
  const { treasures, state, world } = scope
  if (treasures === undefined) refuse(treasureRefusals, 'no_treasure')
  refuseSanctioned(scope, member)
  if (state.phase !== 'live') refuse(treasureRefusals, 'not_live')
  if (member.kind === 'guest') refuse(treasureRefusals, 'account_required')
  const { box } = treasures.house
  if (box?.id !== boxId) refuse(treasureRefusals, 'no_box')
  if (member.id === box.funder.id) refuse(treasureRefusals, 'own_box')
  if (world.now() < box.opensAt) refuse(treasureRefusals, 'box_not_open')
  if (member.joinedAt >= box.opensAt) refuse(treasureRefusals, 'came_later')
  if (box.outcome !== null || world.now() >= closesAt(box)) refuse(treasureRefusals, 'box_over')
  return treasures
}
