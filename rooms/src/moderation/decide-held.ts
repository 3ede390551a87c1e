/** `held.decide`: a moderator lets a held line through or not; the second is too late (C4). */
import type { ChatScope } from '../chat/chat-scope.ts'
import { postLate } from '../chat/post-line.ts'
import { type Member, personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { type ActionTaken, type HeldDecide, moderationRefusals } from './protocol.ts'
import type { Held } from './held-lines.ts'
import { acted, takeAction } from './take-action.ts'

/** One after the other, so that the second finds what the first did, or that it failed. */
export function decideHeld(
  scope: ChatScope,
  member: Member,
  message: HeldDecide,
): ActionTaken | Promise<ActionTaken> {
  return scope.chat.turns.take(`held ${message.id}`, () => decide(scope, member, message))
}

async function decide(
  scope: ChatScope,
  member: Member,
  { id, allow }: HeldDecide,
): Promise<ActionTaken> {
  const held = scope.held.get(id)
  if (held === undefined) refuse(moderationRefusals, 'already_decided')

  const action = await write(scope, member, held, allow)

  // Purged while it was written.
  if (!scope.held.remove(id)) refuse(moderationRefusals, 'already_decided')
  const outcome = allow ? 'allowed' : 'denied'
  scope.tellCrew('chat.decided', { id, outcome, by: personOf(member) })
  if (allow) postLate(scope, { ...held.body, after: held.after })
  else scope.tell(held.line.from.id, 'chat.outcome', { id, outcome: 'denied' })
  return acted(scope, action)
}

/** Meanwhile its time does not run out. */
async function write(
  scope: ChatScope,
  member: Member,
  held: Held,
  allow: boolean,
): Promise<ActionTaken> {
  const { id, from, text } = held.line
  held.isDeciding = true
  try {
    const { action } = await takeAction(scope, member, {
      kind: allow ? 'hold_allow' : 'hold_deny',
      target: { id: from.id, name: from.name },
      lines: [{ id, userId: from.id, text }],
    })
    return action
  } finally {
    held.isDeciding = false
  }
}
