/** Keeps the floor true: to who is here and what stands against them. The media follow it. */
import { kitLimits } from '../kit/protocol.ts'
import type { Member } from '../kit/member.ts'
import { type FloorScope, floorRoleOf } from './floor-scope.ts'
import { FloorVoices, type FloorVoicesOptions } from './floor-voices.ts'
import { FloorLead, type LeadOptions } from './lead-floor.ts'
import { unseat } from './leave-seat.ts'
import { hostSeat, seatAt } from './take-seat.ts'

export type FloorHouseOptions = Omit<LeadOptions, 'isSending'> & Omit<FloorVoicesOptions, 'isHere'>

export class FloorHouse {
  readonly scope: FloorScope
  readonly voices: FloorVoices
  readonly #lead: FloorLead
  readonly #touch: () => void
  /** Until when those are waited for whom an earlier process had here, Unix ms. */
  #heldUntil = 0
  /** Who left in that time. */
  readonly #leftMeanwhile = new Set<string>()
  #isSettled = false

  constructor(options: FloorHouseOptions) {
    this.scope = options.scope
    this.#touch = options.touch
    this.voices = new FloorVoices({ ...options, isHere: (userId) => this.#isHere(userId) })
    this.#lead = new FloorLead({
      ...options,
      isSending: (userId) => this.voices.isSending(userId),
    })
  }

  /** The floor is an earlier process's: its people come back one by one. */
  hold(): void {
    this.#heldUntil = this.scope.world.now() + kitLimits.resumeWindowMs
  }

  came(member: Member): void {
    const { floor } = this.scope
    const isNew = !floor.speakers.has(member.id)
    if (member.role === 'host' && isNew && this.scope.phase() !== 'ended') {
      seatAt(this.scope, member, hostSeat)
    }
    this.#leftMeanwhile.delete(member.id)
    this.voices.came(member.id)
    this.unsettle()
  }

  /** For good: whoever only lost their sockets is waited for, with seat and place. */
  left(userId: string): void {
    if (this.scope.world.now() < this.#heldUntil) this.#leftMeanwhile.add(userId)
    this.voices.left(userId)
    this.unsettle()
  }

  /** Something was decided about somebody who is not back yet, and whom nobody can ask about. */
  forgo(userId: string): void {
    if (this.scope.present(userId) !== undefined) return
    this.#leftMeanwhile.add(userId)
    this.unsettle()
    this.#touch()
  }

  putOut(userId: string): void {
    this.voices.putOut(userId)
    this.unsettle()
  }

  /** Somebody stands otherwise than before: looked at before the next frame. */
  unsettle(): void {
    this.#isSettled = false
  }

  beat(now: number): void {
    if (now >= this.#heldUntil) this.#leftMeanwhile.clear()
    const { invitations } = this.scope.floor
    for (const [userId, { until }] of invitations) if (until <= now) invitations.delete(userId)
    this.#lead.beat(now)
    this.unsettle()
  }

  /** Just before a frame. */
  settle(): void {
    if (!this.#isSettled) {
      this.#isSettled = true
      this.#clear()
      this.#roles()
    }
    this.voices.agree()
  }

  /** The room closes with nobody in it: whoever comes back opens it anew. */
  close(): void {
    this.voices.close()
    this.stop()
  }

  stop(): void {
    this.voices.stop()
  }

  /** Takes from the floor who may not have it any more. */
  #clear(): void {
    const { floor, phase } = this.scope
    const now = this.scope.world.now()
    const isOver = phase() === 'ended'
    const mayStay = (userId: string) => !isOver && this.#isHere(userId)
    for (const userId of floor.hands.keys()) {
      if (!mayStay(userId) || this.#isSanctioned(userId, now)) floor.hands.delete(userId)
    }
    for (const userId of floor.invitations.keys()) {
      if (!mayStay(userId)) floor.invitations.delete(userId)
    }
    for (const userId of floor.speakers.keys()) {
      if (this.#isSanctioned(userId, now)) unseat(this.scope, userId, 'sanctioned')
      else if (isOver) floor.speakers.delete(userId)
      else if (!mayStay(userId)) unseat(this.scope, userId, 'gone')
    }
    if (floor.successorId !== '' && !mayStay(floor.successorId)) floor.successorId = ''
    if (floor.leaderId !== '' && !this.#mayGoOnLeading(floor.leaderId, now)) this.#lead.drop(now)
  }

  /** Who is away may: they are waited for. */
  #mayGoOnLeading(userId: string, now: number): boolean {
    if (this.#isSanctioned(userId, now)) return false
    const { floor, present } = this.scope
    const role = present(userId)?.role ?? 'moderator'
    return role !== 'viewer' || floor.speakers.has(userId)
  }

  #roles(): void {
    for (const [userId, speaker] of this.scope.floor.speakers) {
      const member = this.scope.present(userId)
      if (member === undefined) continue
      const role = floorRoleOf(this.scope, member)
      if (role !== 'listener' && speaker.role !== role) speaker.role = role
    }
  }

  #isHere(userId: string): boolean {
    const { present, world } = this.scope
    if (present(userId) !== undefined) return true
    return world.now() < this.#heldUntil && !this.#leftMeanwhile.has(userId)
  }

  #isSanctioned(userId: string, now: number): boolean {
    return this.scope.standings.sanctionOf(userId, now) !== null
  }
}
