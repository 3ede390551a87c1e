/** Keeps the floor true: to who is here and what stands against them. The media follow it. */
import { kitLimits } from '../kit/protocol.ts'
import type { Member } from '../kit/member.ts'
import { type FloorScope, floorRoleOf } from './floor-scope.ts'
import { FloorVoices, type FloorVoicesOptions } from './floor-voices.ts'
import type { GonePeople } from './gone-people.ts'
import { FloorLead, type LeadOptions } from './lead-floor.ts'
import { unseat } from './leave-seat.ts'
import { floorLimits } from './protocol.ts'
import { hostSeat, seatAt } from './take-seat.ts'
import { keepTurns } from './turns.ts'

type Shared = Omit<LeadOptions, 'isSending' | 'isHere'> &
  Omit<FloorVoicesOptions, 'isHere' | 'isOut'>

export interface FloorHouseOptions extends Shared {
  /** As an earlier process remembered them. */
  gone: GonePeople
}

export class FloorHouse {
  readonly scope: FloorScope
  readonly voices: FloorVoices
  readonly #lead: FloorLead
  readonly #hostId: string
  readonly #gone: GonePeople
  readonly #touch: () => void
  /** Until when those are waited for whom an earlier process had here, Unix ms; 0 for nobody. */
  #heldUntil = 0
  #isSettled = false

  constructor(options: FloorHouseOptions) {
    this.scope = options.scope
    this.#hostId = options.hostId
    this.#gone = options.gone
    this.#touch = options.touch
    this.voices = new FloorVoices({
      ...options,
      isHere: (userId) => this.#isHere(userId),
      isOut: (userId) => this.isOut(userId),
    })
    this.#lead = new FloorLead({
      ...options,
      isHere: (userId) => this.#isHere(userId),
      isSending: (userId) => this.voices.isSending(userId),
    })
  }

  /** The floor is an earlier process's: its people come back one by one. */
  hold(): void {
    this.#heldUntil = this.scope.world.now() + kitLimits.resumeWindowMs
    this.voices.hold()
  }

  came(member: Member): void {
    const { floor } = this.scope
    const isNew = !floor.speakers.has(member.id)
    if (member.role === 'host' && isNew && this.scope.phase() !== 'ended') {
      seatAt(this.scope, member, hostSeat)
    }
    this.#gone.cameBack(member.id)
    this.unsettle()
  }

  /** For good: whoever only lost their sockets is waited for, with seat and place. */
  left(userId: string): void {
    if (!this.isOut(userId)) this.#gone.leave(userId, this.#now + floorLimits.goneKeptMs)
    this.voices.left(userId)
    this.unsettle()
  }

  /** Of somebody who is not back yet: something was decided about them, or they are signed out. */
  forgo(userId: string): void {
    if (this.#now >= this.#heldUntil || this.scope.present(userId) !== undefined) return
    this.left(userId)
    this.#touch()
  }

  putOut(userId: string): void {
    // An encoder needs no token from before: of the host it is known until they come back.
    const isHost = userId === this.#hostId
    const until = isHost ? Number.MAX_SAFE_INTEGER : this.#now + floorLimits.goneKeptMs
    this.#gone.putOut(userId, until)
    this.voices.settle(userId)
    this.unsettle()
  }

  isOut(userId: string): boolean {
    return this.#gone.isOut(userId, this.#now)
  }

  /** Was put out, or left, and did not come in again: nobody to wait for. */
  isGone(userId: string): boolean {
    return this.#gone.has(userId, this.#now)
  }

  /** Somebody stands otherwise than before: looked at before the next frame. */
  unsettle(): void {
    this.#isSettled = false
  }

  beat(now: number): void {
    this.#gone.beat(now)
    if (this.#heldUntil > 0 && now >= this.#heldUntil) {
      this.#heldUntil = 0
      this.voices.putOutUngranted()
    }
    const { invitations } = this.scope.floor
    for (const [userId, { until }] of invitations) if (until <= now) invitations.delete(userId)
    this.#lead.beat(now)
    this.voices.beat(now)
    this.unsettle()
  }

  /** Just before a frame. */
  settle(): void {
    if (!this.#isSettled) {
      this.#isSettled = true
      this.#clear()
      this.#roles()
    }
    keepTurns(this.scope)
    // Of a seat that was left a moment ago, too.
    if (this.#lead.settle(this.#now)) this.#roles()
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
    if (this.isGone(userId)) return false
    return this.scope.present(userId) !== undefined || this.#now < this.#heldUntil
  }

  get #now(): number {
    return this.scope.world.now()
  }

  #isSanctioned(userId: string, now: number): boolean {
    return this.scope.standings.sanctionOf(userId, now) !== null
  }
}
