/** `role.grant` and `role.revoke`: the host makes moderators and VIPs; it holds at once. */
import type { ChatScope } from '../chat/chat-scope.ts'
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import {
  type ActionTaken,
  moderationRefusals,
  type RoleGrant,
  type RoleRevoke,
} from './protocol.ts'
import { acted, takeAction } from './take-action.ts'

export async function grantRole(
  scope: ChatScope,
  member: Member,
  message: RoleGrant,
): Promise<ActionTaken> {
  if (scope.present(message.userId)?.kind === 'guest') refuse(moderationRefusals, 'accounts_only')
  return change(scope, member, { ...message, kind: 'grant' })
}

export function revokeRole(
  scope: ChatScope,
  member: Member,
  message: RoleRevoke,
): Promise<ActionTaken> {
  return change(scope, member, { ...message, kind: 'revoke' })
}

async function change(
  scope: ChatScope,
  member: Member,
  { kind, userId, role }: RoleGrant & { kind: 'grant' | 'revoke' },
): Promise<ActionTaken> {
  if (userId === member.id) refuse(moderationRefusals, 'not_yourself')
  const name = scope.present(userId)?.name ?? scope.chat.people.nameOf(userId) ?? ''

  const target = { id: userId, name }
  const { action } = await takeAction(scope, member, { kind, target, details: { role } })

  const has = kind === 'grant'
  if (role === 'vip') scope.standings.vip(userId, has)
  // Staff moderate wherever they are, whatever a host gives or takes.
  else scope.assign(userId, has || scope.standings.isStaff(userId) ? 'moderator' : 'viewer')
  scope.announce('crew.changed', { userId, name: action.target?.name ?? name, role, has })
  return acted(scope, action)
}
