/** `chat.announce`: the crew says something that everybody notices. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { refuseSanctioned } from '../moderation/refuse-sanctioned.ts'
import { acted, takeAction } from '../moderation/take-action.ts'
import type { ChatScope } from './chat-scope.ts'
import { draftOf } from './line.ts'
import { bodyOf } from './line-body.ts'
import { refuseClosed, refuseLong } from './line-gates.ts'
import { postLine } from './post-line.ts'
import { type ChatAnnounce, type ChatPosted, chatRefusals } from './protocol.ts'
import { isBlocked } from './weigh-text.ts'

export async function announceLine(
  scope: ChatScope,
  member: Member,
  message: ChatAnnounce,
): Promise<ChatPosted> {
  const draft = draftOf(scope.world.newId(), member, message)
  refuseClosed(scope, draft)
  refuseSanctioned(scope, member)
  refuseLong(scope, draft)
  if (isBlocked(scope.moderation.score(draft.text))) refuse(chatRefusals, 'blocked_text')
  const { id, text } = draft

  const lines = [{ id, userId: member.id, text }]
  const { action } = await takeAction(scope, member, { kind: 'announce', lines })

  refuseClosed(scope, draft)
  refuseSanctioned(scope, member)
  const posted = postLine(scope, { ...bodyOf(scope, draft), isAnnouncement: true })
  acted(scope, action)
  return posted
}
