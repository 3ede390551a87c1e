/** A line between the thresholds waits for a moderator; nobody else sees it (C4). */
import type { ChatScope } from '../chat/chat-scope.ts'
import type { Draft, LineBody } from '../chat/line.ts'
import { type ChatWaiting, chatRefusals } from '../chat/protocol.ts'
import { isSuspicious } from '../chat/weigh-text.ts'
import { personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { Held } from './held-lines.ts'
import { type HeldLine, moderationLimits } from './protocol.ts'

const fullMs = 10_000

export function holdLine(scope: ChatScope, draft: Draft, body: LineBody): ChatWaiting {
  const { member, verdict } = draft
  if (!scope.held.hasRoomFor(member.id)) refuse(chatRefusals, 'hold_full', fullMs)
  const at = scope.world.now()
  const until = at + moderationLimits.heldForMs
  const line: HeldLine = {
    id: body.id,
    from: personOf(member),
    text: body.text,
    at,
    until,
    score: verdict?.score ?? 0,
    category: isSuspicious(draft) ? (verdict?.category ?? 'none') : 'shared_list',
  }
  scope.held.add({ line, body, after: scope.head() })
  scope.tellCrew('chat.held', line)
  return { id: body.id, waits: 'held', until }
}

/** Nobody decided in time: the line is given up. */
export function expireHeld(scope: ChatScope): void {
  for (const held of scope.held.expire(scope.world.now())) giveUp(scope, held, 'expired')
}

/** A line that is not waiting any more, and was not let through. */
export function giveUp(scope: ChatScope, { line }: Held, outcome: 'expired' | 'removed'): void {
  const decided = { id: line.id, outcome: 'expired', by: null }
  scope.tellCrew('chat.decided', decided)
  scope.tell(line.from.id, 'chat.outcome', { id: line.id, outcome })
}
