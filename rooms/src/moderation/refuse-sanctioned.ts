/** Muted people neither chat nor react; they are told until when. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { World } from '../ports.ts'
import { chatRefusals } from '../chat/protocol.ts'
import type { Standings } from './standings.ts'

export interface SanctionScope {
  readonly world: World
  readonly standings: Pick<Standings, 'sanctionOf'>
}

export function refuseSanctioned({ world, standings }: SanctionScope, member: Member): void {
  const now = world.now()
  const sanction = standings.sanctionOf(member.id, now)
  if (sanction === null) return
  const waitMs = sanction.until === null ? undefined : sanction.until - now
  refuse(chatRefusals, sanction.kind === 'ban' ? 'banned' : 'timed_out', waitMs)
}
