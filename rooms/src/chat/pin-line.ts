/** `chat.pin`: a line in view of everybody for some time, or none. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { ActionTaken } from '../moderation/protocol.ts'
import { acted, takeAction } from '../moderation/take-action.ts'
import type { ChatScope } from './chat-scope.ts'
import { findLine } from './find-line.ts'
import { type ChatPin, type ChatPosted, chatLimits, chatRefusals } from './protocol.ts'
import { unpin } from './redact-lines.ts'

export async function pinLine(
  scope: ChatScope,
  member: Member,
  { id, forMs = chatLimits.pinnedMsUsual }: ChatPin,
): Promise<ActionTaken> {
  if (id !== null) lineToPin(scope, id)

  const details = { lineId: id, ...(id !== null && { forMs }) }
  const { action } = await takeAction(scope, member, { kind: 'pin', details })

  if (id === null) unpin(scope)
  else {
    const { from, text } = lineToPin(scope, id)
    const until = scope.world.now() + forMs
    scope.state.chat.pinned.assign({ id, name: from.name, text, by: member.name, until })
    scope.chat.pinnedFrom = from.id
  }
  return acted(scope, action)
}

/** What is taken out cannot be pinned, also when that happened meanwhile. */
function lineToPin(scope: ChatScope, id: string): ChatPosted {
  return findLine(scope, id) ?? refuse(chatRefusals, 'no_such_line')
}

/** About once a second. */
export function expirePin(scope: ChatScope): void {
  const { pinned } = scope.state.chat
  if (pinned.id !== '' && pinned.until <= scope.world.now()) unpin(scope)
}
