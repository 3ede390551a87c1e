/** Takes back what an action did in this room, apart from what others that stand did as well. */
import { bringBack } from '../chat/bring-back.ts'
import { bringBackModes } from '../chat/change-modes.ts'
import type { ChatScope } from '../chat/chat-scope.ts'
import type { Person } from '../kit/protocol.ts'
import type { StandingRemoval } from '../ports.ts'
import type { Traces } from './crew-actions.ts'
import { liftHere } from './sanction-member.ts'

export function takeBack(
  scope: ChatScope,
  { redaction, muted, modes }: Traces,
  { by, standing }: { by: Person; standing: readonly StandingRemoval[] },
): void {
  if (redaction !== undefined) bringBack(scope, redaction, standing)
  if (modes !== undefined) bringBackModes(scope, by, modes)
  if (muted !== undefined) liftHere(scope, muted)
}
