/** `floor.invite` asks somebody to speak, `floor.decline` is the no; the yes is `floor.sit`. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { type FloorScope, refuseOutranked } from './floor-scope.ts'
import { type FloorDecline, type FloorInvite, floorLimits, floorRefusals } from './protocol.ts'
import { Invitation } from './state.ts'

export function inviteSpeaker(
  { floor, present, world }: FloorScope,
  member: Member,
  { userId }: FloorInvite,
): { until: number } {
  const guest = present(userId)
  if (guest === undefined) refuse(floorRefusals, 'not_here')
  if (floor.speakers.has(userId)) refuse(floorRefusals, 'already_seated')
  const isMore = !floor.invitations.has(userId)
  if (isMore && floor.invitations.size >= floorLimits.invitationsMax) {
    refuse(floorRefusals, 'invitations_full')
  }

  const until = world.now() + floorLimits.invitationMs
  const { name } = guest
  floor.invitations.set(userId, new Invitation().assign({ name, by: member.name, until }))
  return { until }
}

/** Who says no wants no turn: the hand goes down, too. */
export function declineInvitation(
  scope: FloorScope,
  member: Member,
  { userId }: FloorDecline,
): object {
  const { floor } = scope
  const whose = userId ?? member.id
  if (!floor.invitations.has(whose)) refuse(floorRefusals, 'not_invited')
  refuseOutranked(scope, member, whose)
  floor.invitations.delete(whose)
  if (whose === member.id) floor.hands.delete(whose)
  return {}
}
