/** What actions of the floor see, and what somebody is on it. */
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import type { StreamPhase } from '../live/protocol.ts'
import type { SanctionScope } from '../moderation/refuse-sanctioned.ts'
import { type FloorEvents, type FloorRole, floorRoles } from './protocol.ts'
import type { Floor } from './state.ts'

export interface FloorScope extends SanctionScope {
  readonly floor: Floor
  readonly announce: Scope<unknown, FloorEvents>['announce']
  phase(): StreamPhase
  /** Somebody who is here, their sockets lost or not. */
  present(userId: string): Member | undefined
}

/** The host by the record, and who leads in their absence, are both hosts of the floor. */
export function floorRoleOf({ floor }: Pick<FloorScope, 'floor'>, member: Member): FloorRole {
  if (member.role === 'host' || member.id === floor.leaderId) return 'host'
  if (member.role === 'moderator') return 'moderator'
  return floor.speakers.has(member.id) ? 'speaker' : 'listener'
}

/** A host stands above a moderator, a moderator above a speaker. */
export function standsAbove(scope: FloorScope, one: Member, other: Member): boolean {
  const rankOf = (who: Member) => floorRoles.indexOf(floorRoleOf(scope, who))
  return rankOf(one) > rankOf(other)
}
