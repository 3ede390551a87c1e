/** `floor.raise`, `floor.lower`, `floor.clear`: one queue in the state, first come first served. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { refuseSanctioned } from '../moderation/refuse-sanctioned.ts'
import { type FloorScope, mayActOn, refuseCrowd, refuseOutranked } from './floor-scope.ts'
import { type FloorLower, floorLimits, floorRefusals, type HandRaised } from './protocol.ts'
import { Hand } from './state.ts'

export function raiseHand(scope: FloorScope, member: Member): HandRaised {
  const { floor, world } = scope
  refuseSanctioned(scope, member)
  if (floor.speakers.has(member.id)) refuse(floorRefusals, 'already_seated')
  if (floor.hands.has(member.id)) refuse(floorRefusals, 'hand_up')
  if (floor.hands.size >= floorLimits.handsMax) refuse(floorRefusals, 'queue_full', 5_000)
  refuseCrowd(scope, member)

  // Numbers go on from the last one that is up: whoever writes the room next counts on alike.
  const no = 1 + Math.max(0, ...Array.from(floor.hands.values(), (hand) => hand.no))
  floor.hands.set(member.id, new Hand().assign({ name: member.name, no, at: world.now() }))
  return { place: floor.hands.size }
}

/** Their own unless they name somebody. */
export function lowerHand(scope: FloorScope, member: Member, { userId }: FloorLower): object {
  const { hands } = scope.floor
  const whose = userId ?? member.id
  if (!hands.has(whose)) refuse(floorRefusals, 'hand_down')
  refuseOutranked(scope, member, whose)
  hands.delete(whose)
  return {}
}

/** Their own, and those of all who stand below them. */
export function clearHands(scope: FloorScope, member: Member): object {
  const { hands } = scope.floor
  for (const userId of hands.keys()) if (mayActOn(scope, member, userId)) hands.delete(userId)
  return {}
}
