/** How bad a line is: over the upper threshold it is refused and its sender muted (AI-03, 04). */
import { refuse } from '../kit/refusal.ts'
import { personOf } from '../kit/member.ts'
import { moderationLimits } from '../moderation/protocol.ts'
import type { TextVerdict } from '../ports.ts'
import { type ChatScope, isCrew } from './chat-scope.ts'
import type { Draft, Step } from './line.ts'
import { chatRefusals } from './protocol.ts'

export const weighText: Step = (scope, draft) => {
  const verdict = scope.moderation.score(draft.text)
  draft.verdict = verdict
  if (isBlocked(verdict)) return block(scope, draft, verdict)
}

export function isBlocked({ score }: TextVerdict): boolean {
  return score >= moderationLimits.blockFrom
}

export function isSuspicious({ verdict, member }: Draft): boolean {
  if (verdict === undefined || isCrew(member)) return false
  return verdict.score >= moderationLimits.warnFrom && !isBlocked(verdict)
}

/** Never posted, whatever becomes of the punishment. */
async function block(scope: ChatScope, draft: Draft, verdict: TextVerdict): Promise<never> {
  const { member, text } = draft
  const { channelId, streamId } = scope.state
  const punished = scope.moderation
    .punish({ channelId, streamId, person: personOf(member), text, verdict })
    .then((sanction) => {
      // Hosts and moderators are never muted by the house.
      if (sanction !== null && !isCrew(member)) scope.standings.sanction(member.id, sanction)
    })
  scope.aside(punished, 'a blocked line was not punished')
  await punished.catch(() => undefined)
  refuse(chatRefusals, 'blocked_text')
}
