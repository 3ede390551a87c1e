/** The end of `chat.send`: the line is posted, delayed or held for a moderator. */
import { holdLine } from '../moderation/hold-line.ts'
import { type ChatScope, isCrew } from './chat-scope.ts'
import type { Draft, LineBody } from './line.ts'
import { bodyOf } from './line-body.ts'
import { postLine } from './post-line.ts'
import type { ChatSendReply } from './protocol.ts'
import { isSuspicious } from './weigh-text.ts'

export function settleLine(scope: ChatScope, draft: Draft): ChatSendReply {
  const { chat, world } = scope
  const body = bodyOf(scope, draft)
  const isMarked = !isCrew(draft.member) && scope.standings.isMarked(draft.member.id)
  const isHeld = isMarked || (isSuspicious(draft) && chat.holdSuspicious)
  const reply = isHeld ? holdLine(scope, draft, body) : say(scope, draft, body)
  chat.paces.spoke(draft.member.id, world.now())
  chat.recent.said(draft.member.id, draft.text, world.now())
  return reply
}

function say(scope: ChatScope, draft: Draft, body: LineBody): ChatSendReply {
  if (isSuspicious(draft)) warn(scope, draft, body)
  const { chat, world } = scope
  const isDelayed = chat.delayMs > 0 && !isCrew(draft.member)
  if (!isDelayed && !draft.isBehindDelayed) return postLine(scope, body)
  const at = world.now()
  const until = at + chat.delayMs
  chat.delayed.add({ body, at })
  scope.tellCrew('chat.delayed', { line: { seq: 0, at, ...body }, until })
  scope.wake()
  return { id: body.id, waits: 'delayed', until }
}

/** Between the thresholds in a channel that holds nothing: posted, and the sender is warned. */
function warn(scope: ChatScope, { member, verdict }: Draft, { id, from, text }: LineBody): void {
  if (verdict === undefined) return
  const { channelId, streamId } = scope.state
  scope.tell(member.id, 'moderation.warned', { reason: null, by: 'house' })
  const person = { id: from.id, name: from.name, role: from.role }
  scope.aside(
    scope.moderation.flag({ channelId, streamId, lineId: id, person, text, verdict }),
    'a line was not flagged',
  )
}
