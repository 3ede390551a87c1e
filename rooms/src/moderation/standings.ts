/**
 * How everybody who is here stands: mutes, bans, VIPs, privileges. As the record said at their
 * join, and from then on as moderators, time and the house change it.
 */
import type { ChatPrivilege } from '../chat/protocol.ts'
import type { Identity } from '../ports.ts'
import type { RoomTier } from '../tiers/protocol.ts'
import { hasPrivilege, moderationLimits, type Sanction, type Standing, tierAt } from './protocol.ts'

const nothing: Standing = { sanction: null, isVip: false, followedAt: null }

interface Kept {
  identity: Identity
  standing: Standing
  isMarked: boolean
}

/**
 * A later decision of the same kind of judge replaces the earlier one. Of a channel's and the
 * house's, the one that stands longer is the one to tell; no end is longest.
 */
function weightier(before: Sanction | null, now: Sanction): Sanction {
  if (before === null || before.scope === now.scope) return now
  return (before.until ?? Infinity) > (now.until ?? Infinity) ? before : now
}

export class Standings {
  readonly #kept = new Map<string, Kept>()
  readonly #changed: (userId: string) => void
  #changes = 0
  #seen = { changes: 0, at: Number.NEGATIVE_INFINITY }

  /** `changed` is called when somebody stands otherwise than before, or may: who is not here. */
  constructor(changed: (userId: string) => void) {
    this.#changed = changed
  }

  /** Counts up with every decision: what was asked before one is not the truth after it. */
  get changes(): number {
    return this.#changes
  }

  /** True when a decision was made within `freshMs`; looked at about once a second. */
  isFresh(now: number): boolean {
    if (this.#changes !== this.#seen.changes) this.#seen = { changes: this.#changes, at: now }
    return now - this.#seen.at < moderationLimits.decisionFreshMs
  }

  /** Somebody decided about a person, who need not be here. */
  decided(): void {
    this.#changes += 1
  }

  identityOf(userId: string): Identity | undefined {
    return this.#kept.get(userId)?.identity
  }

  /** As the record says. */
  record(identity: Identity, standing: Standing = nothing, isMarked = false): void {
    const before = this.#kept.get(identity.userId)
    this.#kept.set(identity.userId, { identity, standing, isMarked })
    if (before !== undefined && !isSame(before.standing, standing)) this.#changed(identity.userId)
  }

  forget(userId: string): void {
    this.#kept.delete(userId)
  }

  of(userId: string): Standing {
    return this.#kept.get(userId)?.standing ?? nothing
  }

  /** What stands against a person at this moment. */
  sanctionOf(userId: string, now: number): Sanction | null {
    const { sanction } = this.of(userId)
    return sanction === null || (sanction.until ?? Infinity) > now ? sanction : null
  }

  may(userId: string, privilege: ChatPrivilege, now: number): boolean {
    return hasPrivilege(this.of(userId), privilege, now)
  }

  /** Of the tier of the house that a person has at this moment; 0 without one. */
  levelOf(userId: string, now: number): number {
    return this.tierOf(userId, now)?.level ?? 0
  }

  /** The tier of the house that a person has at this moment. */
  tierOf(userId: string, now: number): RoomTier | undefined {
    return tierAt(this.of(userId), now)
  }

  /** On a shared list that the channel follows; they are not told. */
  isMarked(userId: string): boolean {
    return this.#kept.get(userId)?.isMarked ?? false
  }

  isStaff(userId: string): boolean {
    return (this.identityOf(userId)?.platformRole ?? 'user') !== 'user'
  }

  /** A sanction more; a heavier one stays what is told. */
  sanction(userId: string, sanction: Sanction): void {
    this.#changes += 1
    if (!this.#kept.has(userId)) this.#changed(userId)
    this.#change(userId, (before) => {
      return { ...before, sanction: weightier(before.sanction, sanction) }
    })
  }

  /** What the channel has against them is lifted; what the house has stays. */
  lift(userId: string): void {
    this.#changes += 1
    this.#change(userId, ({ sanction, ...rest }) => {
      return { ...rest, sanction: sanction?.scope === 'channel' ? null : sanction }
    })
  }

  vip(userId: string, isVip: boolean): void {
    this.#changes += 1
    this.#change(userId, (before) => ({ ...before, isVip }))
  }

  /** Lifts what has come to its end; returns whose. */
  expire(now: number): string[] {
    const ended: string[] = []
    for (const [userId, { standing }] of this.#kept) {
      const { sanction, tier } = standing
      const isLifted = sanction !== null && (sanction.until ?? Infinity) <= now
      if (isLifted || (tier !== undefined && tier.until <= now)) ended.push(userId)
    }
    for (const userId of ended) this.#change(userId, (before) => stillOf(before, now))
    return ended
  }

  #change(userId: string, change: (before: Standing) => Standing): void {
    const kept = this.#kept.get(userId)
    if (kept === undefined) return
    const standing = change(kept.standing)
    if (isSame(kept.standing, standing)) return
    kept.standing = standing
    this.#changed(userId)
  }
}

/** What has not come to its end. */
function stillOf({ sanction, tier, ...rest }: Standing, now: number): Standing {
  const isLifted = sanction !== null && (sanction.until ?? Infinity) <= now
  const still = { ...rest, sanction: isLifted ? null : sanction }
  return tier !== undefined && tier.until > now ? { ...still, tier } : still
}

function isSame(one: Standing, other: Standing): boolean {
  return JSON.stringify(told(one)) === JSON.stringify(told(other))
}

/** In an order of its own: the record and a decision name fields as they like. */
function told({ sanction, isVip, followedAt, tier }: Standing): unknown[] {
  const { id, kind, until, reason, by, scope, mayAppeal } = sanction ?? {}
  const { level, until: tierUntil, privileges } = tier ?? {}
  const had = [level, tierUntil, privileges]
  return [id, kind, until, reason, by, scope, mayAppeal, isVip, followedAt, ...had]
}
