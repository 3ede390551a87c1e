/** `floor.stand` and `floor.remove`: from a seat to the audience. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { moderationRefusals } from '../moderation/protocol.ts'
import { type FloorScope, refuseOutranked } from './floor-scope.ts'
import { type FloorLeft, floorRefusals, type FloorRemove } from './protocol.ts'

export function standUp(scope: FloorScope, member: Member): FloorLeft {
  return unseat(scope, member.id, 'left')
}

export function removeSpeaker(
  scope: FloorScope,
  member: Member,
  { userId }: FloorRemove,
): FloorLeft {
  if (userId === member.id) refuse(moderationRefusals, 'not_yourself')
  refuseOutranked(scope, member, userId)
  return unseat(scope, userId, 'removed')
}

export function unseat(
  { floor, announce }: FloorScope,
  userId: string,
  why: FloorLeft['why'],
): FloorLeft {
  const speaker = floor.speakers.get(userId)
  if (speaker === undefined) refuse(floorRefusals, 'not_seated')
  floor.speakers.delete(userId)
  return announce('floor.left', { who: { id: userId, name: speaker.name }, why })
}
