/** Commands of moderation, one line each; part of the live room's table. */
import type { ChatScope } from '../chat/chat-scope.ts'
import { type CommandTable, command } from '../kit/command.ts'
import { grantRole, revokeRole } from './change-role.ts'
import { decideHeld } from './decide-held.ts'
import { unbanMember, untimeoutMember } from './lift-sanction.ts'
import {
  crewRead,
  heldDecide,
  memberBan,
  memberTimeout,
  memberUnban,
  memberUntimeout,
  memberWarn,
  moderationUndo,
  roleGrant,
  roleRevoke,
} from './protocol.ts'
import { readDesk } from './read-desk.ts'
import { banMember, timeoutMember } from './sanction-member.ts'
import { undoAction } from './undo-action.ts'
import { warnMember } from './warn-member.ts'

const may = ['moderator', 'host'] as const
const host = ['host'] as const

export const moderationCommands: CommandTable<ChatScope> = {
  'member.timeout': command({ shape: memberTimeout, may, action: timeoutMember }),
  'member.untimeout': command({ shape: memberUntimeout, may, action: untimeoutMember }),
  'member.ban': command({ shape: memberBan, may, action: banMember }),
  'member.unban': command({ shape: memberUnban, may, action: unbanMember }),
  'member.warn': command({ shape: memberWarn, may, action: warnMember }),
  'role.grant': command({ shape: roleGrant, may: host, action: grantRole }),
  'role.revoke': command({ shape: roleRevoke, may: host, action: revokeRole }),
  'held.decide': command({ shape: heldDecide, may, action: decideHeld }),
  'moderation.undo': command({ shape: moderationUndo, may, action: undoAction }),
  'crew.read': command({ shape: crewRead, may, isRead: true, action: readDesk }),
}
