/** People in a room. A member outlives sockets: two tabs are one member, a lost one waits. */
import type { Identity } from '../ports.ts'
import type { Person, Role } from './protocol.ts'

export interface Member {
  readonly id: string
  readonly name: string
  /** As it is now; it may change while they are here. */
  readonly role: Role
  readonly kind: Identity['kind']
  /** Unix ms of the first join. */
  readonly joinedAt: number
}

/** How others see a member in entries. */
export function personOf(member: Member): Person {
  return { id: member.id, name: member.name, role: member.role }
}

type Changeable = { -readonly [Field in keyof Member]: Member[Field] }

interface Presence {
  member: Changeable
  /** Sockets of the member, lost ones inside the resume window included. */
  sockets: number
  /** Was put out; lost sockets may not come back. */
  isDismissed: boolean
}

export class Members {
  readonly #present = new Map<string, Presence>()
  /** Hosts and moderators. */
  readonly #crew = new Set<string>()
  #hosts = 0

  /** A socket came. Returns the member and whether the person is new in the room. */
  enter(identity: Identity, role: Role, now: number): { member: Member; isNew: boolean } {
    const { userId } = identity
    const known = this.#present.get(userId)
    if (known) {
      known.sockets += 1
      // Whoever may enter again is welcome again.
      known.isDismissed = false
      if (known.member.role !== role) this.setRole(userId, role)
      return { member: known.member, isNew: false }
    }
    const { userId: id, name, kind } = identity
    const member: Changeable = { id, name, role, kind, joinedAt: now }
    this.#present.set(id, { member, sockets: 1, isDismissed: false })
    this.#count(member, 1)
    return { member, isNew: true }
  }

  /** Another role for somebody who is here. */
  setRole(id: string, role: Role): boolean {
    const member = this.#present.get(id)?.member
    if (member === undefined) return false
    this.#count(member, -1)
    member.role = role
    this.#count(member, 1)
    return true
  }

  /** A socket is gone for good. Returns true when that was the member's last one. */
  leave(member: Member): boolean {
    const known = this.#present.get(member.id)
    if (!known) return false
    known.sockets -= 1
    if (known.sockets > 0) return false
    this.#present.delete(member.id)
    this.#count(member, -1)
    return true
  }

  /** Put out: present until the sockets are gone, and none of them resumes. */
  dismiss(id: string): void {
    const known = this.#present.get(id)
    if (known) known.isDismissed = true
  }

  isDismissed(member: Member): boolean {
    return this.#present.get(member.id)?.isDismissed ?? false
  }

  /** Sockets of a member, lost ones inside the resume window included. */
  socketsOf(member: Member): number {
    return this.#present.get(member.id)?.sockets ?? 0
  }

  get(id: string): Member | undefined {
    return this.#present.get(id)?.member
  }

  /** Ids of hosts and moderators who are here. */
  get crew(): ReadonlySet<string> {
    return this.#crew
  }

  #count({ id, role }: Member, by: 1 | -1): void {
    if (role === 'host') this.#hosts += by
    if (role === 'viewer') return
    if (by === 1) this.#crew.add(id)
    else this.#crew.delete(id)
  }

  get count(): number {
    return this.#present.size
  }

  /** Everybody who is not a host. */
  get viewers(): number {
    return this.#present.size - this.#hosts
  }
}
