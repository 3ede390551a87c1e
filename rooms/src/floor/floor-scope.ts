/** What actions of the floor see, and what somebody is on it. */
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { StreamPhase } from '../live/protocol.ts'
import { moderationRefusals } from '../moderation/protocol.ts'
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

/** A host stands above a moderator, a moderator above a speaker: by their place in the list. */
const rankOf = (scope: FloorScope, who: Member) => floorRoles.indexOf(floorRoleOf(scope, who))

/** On themselves, who stands below them, and who is away, of whom nobody knows how they stand. */
export function mayActOn(scope: FloorScope, one: Member, userId: string): boolean {
  const other = userId === one.id ? undefined : scope.present(userId)
  return other === undefined || rankOf(scope, one) > rankOf(scope, other)
}

export function refuseOutranked(scope: FloorScope, one: Member, userId: string): void {
  if (!mayActOn(scope, one, userId)) refuse(moderationRefusals, 'outranked')
}
