/** Writes into a room's state what its audience sees of a box now. */
import { type Treasure, TreasureShare } from './state.ts'
import { type TreasureRecord, treasurePhaseOf } from './treasure-record.ts'

/** `claims` are those this process knows of. */
export function showTreasure(
  state: Treasure,
  { box, claims, now }: { box: TreasureRecord; claims: number; now: number },
): void {
  const { phase, until } = treasurePhaseOf(box, now)
  const { id, funder, coins, shares, opensAt, endsAt, commitment, outcome } = box
  const shown = {
    id,
    phase,
    byId: funder.id,
    byName: funder.name,
    coins,
    shares,
    opensAt,
    endsAt,
    until: until === Infinity ? 0 : until,
    commitment,
    claims,
    returnedCoins: outcome?.returnedCoins ?? 0,
    isExpired: outcome?.isExpired ?? false,
  }
  const isAnother = state.id !== id
  for (const name of Object.keys(shown) as (keyof typeof shown)[]) {
    if (state[name] !== shown[name]) Object.assign(state, { [name]: shown[name] })
  }
  // Nobody who joins later has to be sent who was lucky long ago.
  const lucky = phase === 'drawn' ? (outcome?.lucky ?? []) : []
  if (!isAnother && state.lucky.length === lucky.length) return
  state.lucky.clear()
  for (const one of lucky) state.lucky.push(new TreasureShare().assign(one))
}

/** As an earlier process left it; rooms that an earlier version wrote have none. */
export function carryTreasure(treasure: Treasure, before: Treasure | undefined): void {
  if (before === undefined) return
  const { lucky = [], ...rest } = before.toJSON() as { lucky?: object[] }
  treasure.assign(rest)
  for (const one of lucky) treasure.lucky.push(new TreasureShare().assign(one))
}
