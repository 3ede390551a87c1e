/** `floor.successor` and `floor.open`: what a host settles beforehand. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { moderationRefusals } from '../moderation/protocol.ts'
import { type FloorScope, floorRoleOf } from './floor-scope.ts'
import { type FloorOpen, floorRefusals, type FloorSuccessor } from './protocol.ts'

/** A moderator or a speaker who is here: somebody the room knows. */
export function nameSuccessor(
  scope: FloorScope,
  member: Member,
  { userId }: FloorSuccessor,
): { successorId: string | null } {
  if (userId === member.id) refuse(moderationRefusals, 'not_yourself')
  const named = userId === null ? undefined : scope.present(userId)
  if (userId !== null && named === undefined) refuse(floorRefusals, 'not_here')
  if (named !== undefined && floorRoleOf(scope, named) === 'listener') {
    refuse(floorRefusals, 'not_seated')
  }
  scope.floor.successorId = userId ?? ''
  return { successorId: userId }
}

export function openSeats(
  { floor }: FloorScope,
  _member: Member,
  { isOpen }: FloorOpen,
): { isOpen: boolean } {
  floor.isOpen = isOpen
  return { isOpen }
}
