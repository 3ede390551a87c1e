/**
 * What becomes of claims to one box, one after the other: a pure function over what is kept, so
 * that memory and PostgreSQL cannot know better.
 */
import { treasureLimits, type TreasureRefusalCode } from './protocol.ts'
import type { TreasureClaiming } from './treasure-desk.ts'
import { closesAt, type TreasureRecord } from './treasure-record.ts'

/** Who claimed, with their luck. */
export type KnownClaims = ReadonlyMap<string, string>

export type Decided =
  | { luck: string; isNew: boolean; claims: number }
  | { refused: TreasureRefusalCode }

/** `isDrawn`: the draw is made, whether or not the coins are there yet. */
export function decideClaims(
  { box, isDrawn }: { box: TreasureRecord; isDrawn: boolean },
  before: KnownClaims,
  asked: readonly TreasureClaiming[],
): Decided[] {
  const known = new Map(before)
  let { claims } = box
  return asked.map(({ by, luck, askedAt }) => {
    const mine = known.get(by.id)
    if (mine !== undefined && mine !== luck) return { refused: 'already_claimed' }
    if (mine !== undefined) return { luck, isNew: false, claims }
    if (by.id === box.funder.id) return { refused: 'own_box' }
    if (askedAt < box.opensAt) return { refused: 'box_not_open' }
    if (isDrawn || askedAt >= closesAt(box)) return { refused: 'box_over' }
    if (claims >= treasureLimits.claimsMax) return { refused: 'box_full' }
    known.set(by.id, luck)
    claims += 1
    return { luck, isNew: true, claims }
  })
}
