/** `member.warn`: somebody is told off, and hears it at once when they are here (CHAT-14). */
import type { ChatScope } from '../chat/chat-scope.ts'
import type { Member } from '../kit/member.ts'
import { personActedOn } from './person-acted-on.ts'
import type { ActionTaken, MemberWarn, Sanction } from './protocol.ts'
import { acted, takeAction } from './take-action.ts'

export async function warnMember(
  scope: ChatScope,
  member: Member,
  message: MemberWarn,
): Promise<ActionTaken> {
  const { userId, reason = null } = message
  const target = personActedOn(scope, member, userId)

  const { action } = await takeAction(scope, member, { kind: 'warn', target, reason })

  const by: Sanction['by'] = member.role === 'host' ? 'host' : crewName(scope, member)
  scope.tell(userId, 'moderation.warned', { reason, by })
  return acted(scope, action)
}

function crewName({ standings }: ChatScope, { id }: Member): Sanction['by'] {
  return standings.isStaff(id) ? 'staff' : 'moderator'
}
