/** `treasure.claim`: takes part in the draw, once; who is lucky is drawn when the box closes. */
import type { Member } from '../kit/member.ts'
import { Refusal, refuse } from '../kit/refusal.ts'
import { refuseSanctioned } from '../moderation/refuse-sanctioned.ts'
import { type TreasureClaim, type TreasureClaimReply, treasureRefusals } from './protocol.ts'
import type { ClaimOutcome } from './treasure-desk.ts'
import type { TreasureHouse } from './treasure-house.ts'
import { closesAt } from './treasure-record.ts'
import type { TreasureScope } from './treasure-scope.ts'

export async function claimTreasure(
  scope: TreasureScope,
  member: Member,
  message: TreasureClaim,
): Promise<TreasureClaimReply> {
  const { treasures, world } = scope
  if (treasures === undefined) refuse(treasureRefusals, 'no_treasure')
  const { desk, house } = treasures
  await house.open()
  const { boxId, luck } = message
  const claim = { boxId, by: { id: member.id, name: member.name }, luck }

  const outcome = await unlessKnown(
    () => {
      mayClaim(scope, house, member, boxId)
      return desk.claim({ ...claim, askedAt: world.now() })
    },
    () => desk.claimed(claim),
  )

  if ('refused' in outcome) refuse(treasureRefusals, outcome.refused, outcome.retryAfterMs)
  const { ticket, claims, endsAt } = outcome
  house.counted(boxId, claims)
  return { boxId, ticket, endsAt }
}

/** No claim that is kept is ever refused by these. */
const neverKept: ReadonlySet<string> = new Set(['box_not_open', 'account_required', 'own_box'])

/** A claim that was kept is told when it is asked again, though it would be refused by now. */
async function unlessKnown(
  claim: () => Promise<ClaimOutcome>,
  known: () => Promise<ClaimOutcome | null>,
): Promise<ClaimOutcome> {
  try {
    return await claim()
  } catch (error) {
    const mayBeKept = error instanceof Refusal && !neverKept.has(error.code)
    const before = mayBeKept ? await known() : null
    if (before === null) throw error
    return before
  }
}

/** In this order; whoever keeps the box has the last word. */
function mayClaim(scope: TreasureScope, house: TreasureHouse, member: Member, boxId: string): void {
  const { state, world } = scope
  refuseSanctioned(scope, member)
  if (state.phase !== 'live') refuse(treasureRefusals, 'not_live')
  if (member.kind === 'guest') refuse(treasureRefusals, 'account_required')
  const { box } = house
  if (box?.id !== boxId) refuse(treasureRefusals, 'no_box')
  if (member.id === box.funder.id) refuse(treasureRefusals, 'own_box')
  if (world.now() < box.opensAt) refuse(treasureRefusals, 'box_not_open')
  if (member.joinedAt >= house.lateFrom(box)) refuse(treasureRefusals, 'came_later')
  if (box.outcome !== null || world.now() >= closesAt(box)) refuse(treasureRefusals, 'box_over')
}
