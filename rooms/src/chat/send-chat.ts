/** `chat.send`: a member says a line; everybody gets it as `chat.posted`, the sender as reply. */
import type { Scope } from '../kit/command.ts'
import { type Member, personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { StreamPhase } from '../live/protocol.ts'
import { chatLimits, type ChatPosted, type ChatSend, chatRefusals } from './protocol.ts'

export interface ChatScope
  extends Scope<{ readonly phase: StreamPhase }, { 'chat.posted': ChatPosted }> {
  readonly tally: { message(memberId: string): void }
}

export function sendChat(scope: ChatScope, member: Member, message: ChatSend): ChatPosted {
  if (scope.state.phase === 'ended') refuse(chatRefusals, 'chat_closed')
  if ([...message.text].length > chatLimits.textCharsMax) refuse(chatRefusals, 'text_too_long')
  scope.tally.message(member.id)
  return scope.announce('chat.posted', {
    id: scope.world.newId(),
    from: personOf(member),
    text: message.text,
  })
}
