/** Whether a line may be said at all: open chat, allowed length, a line that is still there. */
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import { isCrew } from './chat-scope.ts'
import { findLine } from './find-line.ts'
import type { Gate } from './line.ts'
import { chatLimits, chatRefusals } from './protocol.ts'

export const refuseClosed: Gate = (scope) => {
  if (scope.state.phase === 'ended') refuse(chatRefusals, 'chat_closed')
}

export const refuseLong: Gate = (scope, { member, text }) => {
  const { textCharsMax, longTextCharsMax } = chatLimits
  const isLongAllowed = scope.standings.may(member.id, 'long_message', scope.world.now())
  const charsMax = isLongAllowed ? longTextCharsMax : textCharsMax
  if ([...text].length > charsMax) refuse(chatRefusals, 'text_too_long')
}

/** Finds the line that is answered. The crew may answer what only they have seen so far. */
export const quoteLine: Gate = (scope, draft) => {
  delete draft.quoted
  draft.isBehindDelayed = false
  if (draft.answers === undefined) return
  const delayed = isCrew(draft.member) ? scope.chat.delayed.get(draft.answers)?.body : undefined
  const line = delayed ?? findLine(scope, draft.answers)
  if (line === undefined) refuse(chatRefusals, 'no_such_line')
  draft.isBehindDelayed = delayed !== undefined
  const { id, from, text } = line
  const shown = [...text].slice(0, chatLimits.quotedCharsMax).join('')
  draft.quoted = { id, from: { id: from.id, name: from.name }, text: shown }
}

/** Lines that wait for their time are bounded, too. */
export const refuseUnbounded: Gate = (scope, { member, isBehindDelayed }) => {
  const waits = isBehindDelayed || (scope.chat.modes.delaySeconds > 0 && !isCrew(member))
  if (waits && scope.chat.delayed.isFull) refuse(kitRefusals, 'busy', 1_000)
}
