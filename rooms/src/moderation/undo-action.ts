/** `moderation.undo`: takes back an action of the last five minutes, once. */
import type { ChatScope } from '../chat/chat-scope.ts'
import { type Member, personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { type ActionTaken, type ModerationUndo, moderationRefusals } from './protocol.ts'
import { acted } from './take-action.ts'
import { takeBack } from './take-back.ts'

/** Only what this room did: it alone knows what it took out of sight. */
export async function undoAction(
  scope: ChatScope,
  member: Member,
  { actionId }: ModerationUndo,
): Promise<ActionTaken> {
  const { actions, moderation, standings, state, world } = scope
  if (!actions.canUndo(actionId, world.now())) refuse(moderationRefusals, 'no_such_action')
  const { channelId, streamId } = state
  const by = personOf(member)

  const outcome = await moderation.undo({ actionId, channelId, streamId, by })

  if ('refused' in outcome) refuse(moderationRefusals, outcome.refused)
  standings.decided()
  const traces = actions.takeTraces(actionId)
  if (traces !== undefined) takeBack(scope, traces, { by, standing: outcome.standing })
  return acted(scope, outcome.action)
}
