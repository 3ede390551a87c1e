/** `chat.delete`: a moderator takes a line out, or its author does; what waits included (C5). */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { giveUp } from '../moderation/hold-line.ts'
import { personActedOn } from '../moderation/person-acted-on.ts'
import type { ActionTaken } from '../moderation/protocol.ts'
import { acted, takeAction } from '../moderation/take-action.ts'
import { type ChatScope, isCrew } from './chat-scope.ts'
import { findLine } from './find-line.ts'
import type { LineBody } from './line.ts'
import { type ChatDelete, chatRefusals } from './protocol.ts'
import { redact, type Redaction } from './redact-lines.ts'

export function deleteLine(
  scope: ChatScope,
  member: Member,
  { id }: ChatDelete,
): Promise<ActionTaken> | null {
  const line = scope.chat.delayed.get(id)?.body ?? scope.held.get(id)?.body ?? findLine(scope, id)
  const isOwn = line?.from.id === member.id
  if (line === undefined || !(isOwn || isCrew(member))) refuse(chatRefusals, 'no_such_line')
  if (!isOwn) return deleteTheirs(scope, member, line)
  takeOut(scope, line, 'author')
  return null
}

async function deleteTheirs(
  scope: ChatScope,
  member: Member,
  line: LineBody,
): Promise<ActionTaken> {
  const { id, from, text } = line
  const target = personActedOn(scope, member, from.id)
  // It stays unsaid while it is being decided, however long that takes.
  scope.chat.delayed.detain(id)
  try {
    const lines = [{ id, userId: from.id, text }]

    const { action } = await takeAction(scope, member, { kind: 'delete', target, lines })

    const redaction = takeOut(scope, line, 'moderator')
    return acted(scope, action, redaction && { redaction })
  } finally {
    scope.chat.delayed.release(id)
    scope.wake()
  }
}

/** Wherever it is by now: waiting for a moderator, for its time, or posted. */
function takeOut(
  scope: ChatScope,
  { id, from }: LineBody,
  by: 'moderator' | 'author',
): Redaction | undefined {
  const held = scope.held.get(id)
  if (held !== undefined) {
    scope.held.remove(id)
    giveUp(scope, held, 'removed')
    return undefined
  }
  if (scope.chat.delayed.remove((body) => body.id === id).length > 0) {
    scope.tellCrew('chat.undelayed', { id })
    scope.tell(from.id, 'chat.outcome', { id, outcome: 'removed' })
    scope.wake()
    return undefined
  }
  const redaction = redact(scope, (line) => line.id === id, by)
  if (redaction.lines.length > 0) scope.announce('chat.removed', { ids: [id], by })
  return redaction
}
