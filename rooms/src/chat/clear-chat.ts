/** `chat.clear`: takes out everything said so far; what waits under the delay included. */
import { type Member, personOf } from '../kit/member.ts'
import type { ActionTaken } from '../moderation/protocol.ts'
import { auditedLines, dropDelayed } from '../moderation/purge-lines.ts'
import { acted, takeAction } from '../moderation/take-action.ts'
import type { ChatScope } from './chat-scope.ts'
import { redact, unpin } from './redact-lines.ts'

export async function clearChat(scope: ChatScope, member: Member): Promise<ActionTaken> {
  const lines = auditedLines(scope, () => true)

  const { action } = await takeAction(scope, member, { kind: 'clear', lines })

  dropDelayed(scope, () => true)
  const redaction = redact(scope, () => true, 'moderator')
  unpin(scope)
  scope.announce('chat.cleared', { by: personOf(member) })
  return acted(scope, action, { redaction })
}
