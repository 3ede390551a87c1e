/** What the channel's outside reviewer says of a line: let through, refuse or other words (C6). */
import { refuse } from '../kit/refusal.ts'
import { type ChatScope, isCrew } from './chat-scope.ts'
import type { Draft, Step } from './line.ts'
import { chatRefusals, chatText } from './protocol.ts'
import { isBlocked } from './weigh-text.ts'

const awayMs = 3_000

/** The crew moderates and is not reviewed. */
export const askReviewer: Step = (scope, draft) => {
  if (scope.chat.hasReviewer && !isCrew(draft.member)) return review(scope, draft)
}

async function review(scope: ChatScope, draft: Draft): Promise<void> {
  const { id, member, text } = draft
  const from = { id: member.id, name: member.name }
  const verdict = await scope.moderation.review(scope.state.channelId, { id, text, from })
  if (verdict === null || verdict.decision === 'allow') return
  if (verdict.decision === 'deny') refuse(chatRefusals, 'reviewer_denied')
  if (verdict.decision === 'rewrite') return rewrite(scope, draft, verdict.text)
  if (!verdict.letsThrough) refuse(chatRefusals, 'reviewer_away', awayMs)
}

/** Nobody is made to say what they might not say themselves. */
function rewrite(scope: ChatScope, draft: Draft, words: string): void {
  const text = chatText.safeParse(words)
  if (!text.success) refuse(chatRefusals, 'reviewer_denied')
  const verdict = scope.moderation.score(text.data)
  if (isBlocked(verdict)) refuse(chatRefusals, 'reviewer_denied')
  if (text.data === draft.text) return
  draft.text = text.data
  draft.verdict = verdict
  draft.isRewritten = true
}
