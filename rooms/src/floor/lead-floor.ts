/**
 * A room is never left without somebody who leads it: a host who is away is waited for, then
 * somebody else leads, and when the host is back they lead again (B9).
 */
import { type FloorScope, floorRoleOf } from './floor-scope.ts'
import { floorLimits } from './protocol.ts'

export interface LeadOptions {
  scope: FloorScope
  /** The host by the record. */
  hostId: string
  /** Is in the room, or waited for. */
  isHere: (userId: string) => boolean
  /** Has a socket that is connected, as far as is known here. */
  isReached: (userId: string) => boolean
  /** The media carry something of them: an encoder, say, without the person being here. */
  isSending: (userId: string) => boolean
  /** Moderators who are here. */
  crew: () => Iterable<string>
  /** Nobody has led for so long that the room shall end; said again until it has. */
  abandoned: () => void
}

export class FloorLead {
  readonly #options: LeadOptions
  /** When whoever leads was last seen, Unix ms. */
  #seenAt: number
  /** When it may be said again that nobody leads, Unix ms. */
  #sayAt = 0

  /** A room that opens anew gives everybody the time to come back. */
  constructor(options: LeadOptions) {
    this.#options = options
    this.#seenAt = options.scope.world.now()
  }

  /** About once a second. */
  beat(now: number): void {
    const { scope, hostId, isReached, isSending } = this.#options
    const { floor } = scope
    const isThere = isReached(hostId) || isSending(hostId)
    if (scope.phase() !== 'live' || isThere) return this.#hostLeads(now)
    const { leaderId } = floor
    if (leaderId !== '' && isReached(leaderId)) this.#seenAt = now
    const missedMs = now - this.#seenAt
    if (floor.hostAwayUntil === 0 && missedMs >= floorLimits.missedAfterMs) {
      floor.hostAwayUntil = this.#seenAt + floorLimits.leadGraceMs
    }
    if (missedMs < floorLimits.leadGraceMs) return
    const next = this.#next(now)
    if (next === '' && missedMs >= floorLimits.abandonedAfterMs) this.#sayAbandoned(now)
    if (next === leaderId) return
    // With nobody there whoever comes back first leads at once.
    if (next !== '') this.#seenAt = now
    this.#lead(next)
  }

  /**
   * Just before a frame: in place of whoever may lead no longer the next one does, or nobody; whom
   * the host named is named no more once they are in the audience. True when who leads changed.
   */
  settle(now: number): boolean {
    const { floor } = this.#options.scope
    const isOver = floor.leaderId !== '' && !this.#mayGoOn(floor.leaderId, now)
    // Whoever led has the rights of a host no more, also not where it is asked who comes next.
    if (isOver) floor.leaderId = ''
    if (floor.successorId !== '' && this.#isInAudience(floor.successorId)) floor.successorId = ''
    if (!isOver) return false
    const next = this.#options.scope.phase() === 'live' ? this.#next(now) : ''
    this.#seenAt = next === '' ? now - floorLimits.leadGraceMs : now
    this.#lead(next)
    return true
  }

  /** Who is away may: they are waited for. */
  #mayGoOn(userId: string, now: number): boolean {
    const { floor, present, standings } = this.#options.scope
    if (standings.sanctionOf(userId, now) !== null || !this.#options.isHere(userId)) return false
    const role = present(userId)?.role ?? 'moderator'
    return role !== 'viewer' || floor.speakers.has(userId)
  }

  #isInAudience(userId: string): boolean {
    const { scope } = this.#options
    const member = scope.present(userId)
    return member !== undefined && floorRoleOf(scope, member) === 'listener'
  }

  #sayAbandoned(now: number): void {
    if (now < this.#sayAt) return
    this.#sayAt = now + floorLimits.leadGraceMs
    this.#options.abandoned()
  }

  #hostLeads(now: number): void {
    const { floor } = this.#options.scope
    this.#seenAt = now
    if (floor.hostAwayUntil !== 0) floor.hostAwayUntil = 0
    if (floor.leaderId !== '') this.#lead('')
  }

  #lead(userId: string): void {
    const { floor, announce, present, phase } = this.#options.scope
    floor.leaderId = userId
    // What is over is led by nobody, and that says no more than its end.
    if (phase() !== 'live') return
    const leader = present(userId)
    announce('floor.led', { leader: leader ? { id: leader.id, name: leader.name } : null })
  }

  /**
   * Whom the host named; else the moderator, else the speaker who was asked to speak and has sat
   * longest. Nobody leads by having taken a seat that was open to anybody.
   */
  #next(now: number): string {
    const { scope, isReached, crew } = this.#options
    const { floor, present, standings } = scope
    const mayLead = (id: string): boolean => {
      const member = present(id)
      if (member === undefined || !isReached(id)) return false
      if (standings.sanctionOf(id, now) !== null) return false
      return floorRoleOf(scope, member) !== 'listener'
    }
    const seated = Array.from(floor.speakers)
      .sort(([, one], [, other]) => one.since - other.since || one.seat - other.seat)
      .map(([id]) => id)
    const moderators = new Set(crew())
    const invited = seated.filter((id) => floor.speakers.get(id)?.isInvited)
    const inOrder = [
      floor.successorId,
      ...seated.filter((id) => moderators.has(id)),
      ...moderators,
      ...invited,
    ]
    return inOrder.find(mayLead) ?? ''
  }
}
