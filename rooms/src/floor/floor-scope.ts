/** What actions of the floor see, and what somebody is on it. */
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { TokenBucket } from '../kit/token-bucket.ts'
import type { StreamPhase } from '../live/protocol.ts'
import { moderationRefusals } from '../moderation/protocol.ts'
import type { SanctionScope } from '../moderation/refuse-sanctioned.ts'
import { type FloorEvents, floorRefusals, type FloorRole, floorRoles } from './protocol.ts'
import type { Floor } from './state.ts'

export interface FloorScope extends SanctionScope {
  readonly floor: Floor
  readonly announce: Scope<unknown, FloorEvents>['announce']
  /** What the audience may take of hands and seats, all together. */
  readonly crowd: Pick<TokenBucket, 'take'>
  phase(): StreamPhase
  /** Somebody who is here, their sockets lost or not. */
  present(userId: string): Member | undefined
}

/** Of a crowd that comes at once, however many accounts it has, the log takes so many. */
export function refuseCrowd(scope: FloorScope, member: Member): void {
  const role = floorRoleOf(scope, member)
  if (role === 'host' || role === 'moderator') return
  const waitMs = scope.crowd.take(scope.world.now())
  if (waitMs > 0) refuse(floorRefusals, 'floor_crowded', waitMs)
}

/** The host by the record, and who leads in their absence, are both hosts of the floor. */
export function floorRoleOf({ floor }: Pick<FloorScope, 'floor'>, member: Member): FloorRole {
  if (member.role === 'host' || member.id === floor.leaderId) return 'host'
  if (member.role === 'moderator') return 'moderator'
  return floor.speakers.has(member.id) ? 'speaker' : 'listener'
}

/** A host stands above a moderator, a moderator above a speaker: by their place in the list. */
const rankOf = (role: FloorRole) => floorRoles.indexOf(role)

/** On themselves, and who stands below them; who is away stands as their seat says. */
export function mayActOn(scope: FloorScope, one: Member, userId: string): boolean {
  if (userId === one.id) return true
  const other = scope.present(userId)
  const role = other ? floorRoleOf(scope, other) : scope.floor.speakers.get(userId)?.role
  return role === undefined || rankOf(floorRoleOf(scope, one)) > rankOf(role)
}

export function refuseOutranked(scope: FloorScope, one: Member, userId: string): void {
  if (!mayActOn(scope, one, userId)) refuse(moderationRefusals, 'outranked')
}
