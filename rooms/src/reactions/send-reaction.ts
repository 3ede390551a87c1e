/** `reaction.send`: counted into the room's totals; viewers see the sum with the next frame. */
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { refuseSanctioned, type SanctionScope } from '../moderation/refuse-sanctioned.ts'
import type { StreamPhase } from '../live/protocol.ts'
import {
  type ReactionKind,
  type ReactionReply,
  type ReactionSend,
  reactionRefusals,
} from './protocol.ts'
import type { ReactionTotals } from './state.ts'

export interface ReactionScope
  extends Scope<{ readonly phase: StreamPhase; readonly reactions: ReactionTotals }, object>,
    SanctionScope {
  readonly tally: { reaction(kind: ReactionKind, count: number): void }
}

export function sendReaction(
  scope: ReactionScope,
  member: Member,
  message: ReactionSend,
): ReactionReply {
  const { phase, reactions } = scope.state
  refuseSanctioned(scope, member)
  if (phase !== 'live') refuse(reactionRefusals, 'not_live')
  reactions[message.kind] += message.count
  scope.tally.reaction(message.kind, message.count)
  return { kind: message.kind, total: reactions[message.kind] }
}
