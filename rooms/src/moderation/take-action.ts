/** Everything a moderator does is written first (`Moderation.take`), then applied, then told. */
import type { ChatScope } from '../chat/chat-scope.ts'
import { type Member, personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { NewAction } from '../ports.ts'
import type { Traces } from './crew-actions.ts'
import { type ActionTaken, moderationRefusals, type Sanction } from './protocol.ts'

type Act = Pick<NewAction, 'kind'> &
  Partial<Pick<NewAction, 'target' | 'reason' | 'until' | 'lines' | 'details'>>

/** Refuses what the record refuses. Look at the state again behind it. */
export async function takeAction(
  scope: ChatScope,
  member: Member,
  act: Act,
): Promise<{ action: ActionTaken; sanction?: Sanction }> {
  const { channelId, streamId } = scope.state
  const outcome = await scope.moderation.take({
    channelId,
    streamId,
    by: personOf(member),
    target: null,
    reason: null,
    ...act,
  })
  if ('refused' in outcome) refuse(moderationRefusals, outcome.refused)
  scope.standings.decided()
  return outcome
}

/** The action is done: the crew learns of it. */
export function acted(scope: ChatScope, action: ActionTaken, traces?: Traces): ActionTaken {
  scope.actions.add(action, traces)
  scope.tellCrew('crew.acted', action)
  return action
}
