/** People in a room. A member outlives sockets: two tabs are one member, a lost one waits. */
import type { Identity } from '../ports.ts'
import { kitLimits, type Person, type Role } from './protocol.ts'

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

/** Somebody an earlier writer of the room had here; an earlier version did not say since when. */
export interface KnownMember {
  identity: Identity
  role: Role
  joinedAt?: number
}

type Changeable = { -readonly [Field in keyof Member]: Member[Field] }

/** Whoever tells of it: another process may know of an earlier join. */
function keepEarlier(member: Changeable, joinedAt: number): void {
  member.joinedAt = Math.min(member.joinedAt, joinedAt)
}

interface Presence {
  member: Changeable
  /** Sockets of the member, lost ones inside the resume window included. */
  sockets: number
  /** Was put out; lost sockets may not come back. */
  isDismissed: boolean
  /** Without a socket: until when they are waited for, Unix ms. */
  awaitedUntil: number
  identity: Identity
}

export class Members {
  readonly #present = new Map<string, Presence>()
  /** Hosts and moderators. */
  readonly #crew = new Set<string>()
  /** Without a socket. */
  readonly #awaited = new Set<string>()
  #hosts = 0

  /**
   * A socket came, now or at another process at `now`. Whoever comes back after being put out is
   * new in the room, too.
   */
  enter(identity: Identity, role: Role, now: number): { member: Member; isNew: boolean } {
    const { userId } = identity
    const known = this.#present.get(userId)
    if (known) {
      const isNew = known.isDismissed
      known.sockets += 1
      if (!isNew) keepEarlier(known.member, now)
      this.#awaited.delete(userId)
      // Whoever may enter again is welcome again.
      known.isDismissed = false
      known.identity = identity
      if (known.member.role !== role) this.setRole(userId, role)
      return { member: known.member, isNew }
    }
    return { member: this.#add(identity, role, { now, sockets: 1, awaitedUntil: 0 }), isNew: true }
  }

  /** Somebody whom an earlier writer of the room had here: waited for, as after a lost socket. */
  restore({ identity, role, joinedAt }: KnownMember, now: number): Member | undefined {
    const present = this.#present.get(identity.userId)
    if (present !== undefined) {
      if (joinedAt !== undefined && !present.isDismissed) keepEarlier(present.member, joinedAt)
      return undefined
    }
    const awaitedUntil = now + kitLimits.resumeWindowMs
    this.#awaited.add(identity.userId)
    return this.#add(identity, role, { now: joinedAt ?? now, sockets: 0, awaitedUntil })
  }

  /** The place of a member's socket is lost with its process; they are waited for. */
  lose(id: string, now: number): void {
    const known = this.#present.get(id)
    if (known === undefined) return
    known.sockets = Math.max(0, known.sockets - 1)
    if (known.sockets > 0) return
    known.awaitedUntil = now + kitLimits.resumeWindowMs
    this.#awaited.add(id)
  }

  /** Takes out those who were waited for in vain; returns them. */
  expire(now: number): Member[] {
    const gone: Member[] = []
    for (const id of this.#awaited) {
      const { member, awaitedUntil } = this.#present.get(id) as Presence
      if (awaitedUntil > now) continue
      this.#remove(id)
      gone.push(member)
    }
    return gone
  }

  /** Waits no longer for somebody without a socket; returns them. */
  forgo(id: string): Member | undefined {
    if (!this.#awaited.has(id)) return undefined
    const member = this.get(id)
    this.#remove(id)
    return member
  }

  /** Everybody, for a successor; at most so many. */
  known(max: number): KnownMember[] {
    const known: KnownMember[] = []
    for (const { identity, member, isDismissed } of this.#present.values()) {
      if (known.length === max) break
      if (isDismissed) continue
      known.push({ identity, role: member.role, joinedAt: member.joinedAt })
    }
    return known
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
    this.#remove(member.id)
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

  #add(
    identity: Identity,
    role: Role,
    { now, ...more }: { now: number } & Pick<Presence, 'sockets' | 'awaitedUntil'>,
  ): Member {
    const { userId: id, name, kind } = identity
    const member: Changeable = { id, name, role, kind, joinedAt: now }
    this.#present.set(id, { member, isDismissed: false, identity, ...more })
    this.#count(member, 1)
    return member
  }

  #remove(id: string): void {
    const known = this.#present.get(id)
    if (known === undefined) return
    this.#present.delete(id)
    this.#awaited.delete(id)
    this.#count(known.member, -1)
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
