/** Who is listed and how many there are. Viewers are counted, never listed. */
import type { MapSchema } from '@colyseus/schema'
import type { Member } from '../kit/member.ts'
import { CrewMember } from './state.ts'

const crewListedMax = 50
/** Above this audience the count goes out at most once a second. */
const liveCountMax = 500
const countEveryMs = 1_000
/** Time for those whose socket went with a process to come back before they are missed. */
const holdMs = 10_000

export interface RosterState {
  viewerCount: number
  readonly crew: MapSchema<CrewMember>
}

/** `tier` is theirs of the house, 0 without one. */
export function listCrew(state: RosterState, member: Member, tier: number): void {
  if (member.role === 'viewer' || state.crew.size >= crewListedMax) return
  const { name, role } = member
  state.crew.set(member.id, new CrewMember().assign({ name, role, tier }))
}

/** Somebody has another tier now; of viewers nothing is listed. */
export function showTier({ crew }: RosterState, userId: string, tier: number): void {
  const listed = crew.get(userId)
  if (listed !== undefined && listed.tier !== tier) listed.tier = tier
}

export function unlistCrew(state: RosterState, member: Member): void {
  if (member.role !== 'viewer') state.crew.delete(member.id)
}

/** Publishes the viewer count at a pace that suits the audience. */
export class ViewerCount {
  #publishedAt = Number.NEGATIVE_INFINITY
  #heldUntil = 0

  /** The room was opened by another process: people come back and have never been away. */
  hold(before: number, now: number): void {
    if (before > 0) this.#heldUntil = now + holdMs
  }

  publish(state: RosterState, viewers: number, now: number): void {
    if (state.viewerCount === viewers) return
    if (viewers < state.viewerCount && now < this.#heldUntil) return
    if (viewers > liveCountMax && now - this.#publishedAt < countEveryMs) return
    this.#publishedAt = now
    state.viewerCount = viewers
  }
}
