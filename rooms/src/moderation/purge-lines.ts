/** Takes out everything a person said in a room, what waits included (C7). */
import type { ChatScope } from '../chat/chat-scope.ts'
import { eachLine } from '../chat/find-line.ts'
import { type Redaction, redact, unpin } from '../chat/redact-lines.ts'
import type { NewAction } from '../ports.ts'
import { giveUp } from './hold-line.ts'

/** Lines an action names for the audit log; the record keeps no more. */
export const auditedLinesMax = 100

export function purgeLines(scope: ChatScope, userId: string): Redaction {
  for (const held of scope.held.removeOf(userId)) giveUp(scope, held, 'removed')
  dropDelayed(scope, (from) => from === userId)
  const redaction = redact(scope, ({ from }) => from.id === userId, 'moderator')
  if (scope.chat.pinnedFrom === userId) unpin(scope)
  scope.announce('chat.purged', { userId })
  return redaction
}

/** Lines under the delay that nobody but the crew has seen: they never leave. */
export function dropDelayed(scope: ChatScope, isTheirs: (userId: string) => boolean): void {
  for (const { body } of scope.chat.delayed.remove(({ from }) => isTheirs(from.id))) {
    scope.tellCrew('chat.undelayed', { id: body.id })
    scope.tell(body.from.id, 'chat.outcome', { id: body.id, outcome: 'removed' })
  }
  scope.wake()
}

/** The newest lines that are there to be taken out, for the audit log. */
export function auditedLines(
  scope: ChatScope,
  isIt: (userId: string) => boolean,
): NonNullable<NewAction['lines']> {
  const lines: NonNullable<NewAction['lines']> = []
  const take = (id: string, userId: string, text: string) => {
    if (isIt(userId)) lines.push({ id, userId, text })
  }
  eachLine(scope, ({ id, from, text, removed }) => {
    if (removed === undefined) take(id, from.id, text)
  })
  for (const { body } of scope.chat.delayed.all) take(body.id, body.from.id, body.text)
  return lines.slice(-auditedLinesMax)
}
