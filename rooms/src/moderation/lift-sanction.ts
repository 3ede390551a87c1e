/** `member.untimeout` and `member.unban`: may chat again at once. */
import type { ChatScope } from '../chat/chat-scope.ts'
import type { Member } from '../kit/member.ts'
import { personActedOn } from './person-acted-on.ts'
import type { ActionTaken, MemberUnban, MemberUntimeout } from './protocol.ts'
import { liftHere } from './sanction-member.ts'
import { acted, takeAction } from './take-action.ts'

export function untimeoutMember(
  scope: ChatScope,
  member: Member,
  { userId }: MemberUntimeout,
): Promise<ActionTaken> {
  return lift(scope, member, { kind: 'untimeout', userId })
}

export function unbanMember(
  scope: ChatScope,
  member: Member,
  { userId }: MemberUnban,
): Promise<ActionTaken> {
  return lift(scope, member, { kind: 'unban', userId })
}

async function lift(
  scope: ChatScope,
  member: Member,
  { kind, userId }: { kind: 'untimeout' | 'unban'; userId: string },
): Promise<ActionTaken> {
  const target = personActedOn(scope, member, userId)

  const { action } = await takeAction(scope, member, { kind, target })

  liftHere(scope, userId)
  return acted(scope, action)
}
