/** `chat.send`: a member says a line; everybody gets it as `chat.posted`, the sender as reply. */
import type { Member } from '../kit/member.ts'
import { refuseSanctioned } from '../moderation/refuse-sanctioned.ts'
import { askReviewer } from './ask-reviewer.ts'
import type { ChatScope } from './chat-scope.ts'
import { draftOf, type Gate, inOrder, type Step } from './line.ts'
import { quoteLine, refuseClosed, refuseLong, refuseUnbounded } from './line-gates.ts'
import {
  refuseHasty,
  refuseRepeated,
  refuseStrangers,
  refuseUnsubscribed,
  refuseWords,
} from './mode-gates.ts'
import type { ChatSend, ChatSendReply } from './protocol.ts'
import { settleLine } from './settle-line.ts'
import { weighText } from './weigh-text.ts'

/** In this order: the first that says no is what the sender hears. */
export const steps: readonly Step[] = [
  refuseClosed,
  refuseMuted,
  refuseLong,
  quoteLine,
  refuseHasty,
  refuseStrangers,
  refuseUnsubscribed,
  refuseWords,
  refuseRepeated,
  refuseUnbounded,
  weighText,
  askReviewer,
]

/** What may be otherwise once a step has waited. */
const afterWaiting: readonly Gate[] = [
  refuseClosed,
  refuseMuted,
  refuseLong,
  quoteLine,
  refuseRepeated,
  refuseUnbounded,
]

function refuseMuted(...[scope, { member }]: Parameters<Gate>): void {
  refuseSanctioned(scope, member)
}

/** Lines of one member keep their order, however long the steps of one of them take. */
export function sendChat(
  scope: ChatScope,
  member: Member,
  message: ChatSend,
): ChatSendReply | Promise<ChatSendReply> {
  return scope.chat.turns.take(member.id, () => {
    const draft = draftOf(scope.world.newId(), member, message)
    const waited = inOrder(steps, scope, draft)
    if (waited === undefined) return settleLine(scope, draft)
    return waited.then(() => {
      for (const gate of afterWaiting) gate(scope, draft)
      return settleLine(scope, draft)
    })
  })
}
