/** Whom an action of a moderator is about, or why it may not be. The record has the last word. */
import type { ChatScope } from '../chat/chat-scope.ts'
import type { Member } from '../kit/member.ts'
import { type Role, roles } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import { moderationRefusals } from './protocol.ts'

const rankOf = (role: Role): number => roles.indexOf(role)

export function personActedOn(
  scope: ChatScope,
  member: Member,
  userId: string,
): { id: string; name: string } {
  if (userId === member.id) refuse(moderationRefusals, 'not_yourself')
  const present = scope.present(userId)
  const isOutranked = present !== undefined && rankOf(present.role) >= rankOf(member.role)
  // Staff stand above their role in a room; of how far, the record knows.
  if (isOutranked && !scope.standings.isStaff(member.id)) refuse(moderationRefusals, 'outranked')
  return { id: userId, name: present?.name ?? scope.chat.people.nameOf(userId) ?? '' }
}
