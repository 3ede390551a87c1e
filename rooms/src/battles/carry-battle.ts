/** A battle as an earlier process showed it: what a mist hides stays hidden. */
import { type Battle, BattleSideState } from './state.ts'

/** Rooms that an earlier version wrote have none. */
export function carryBattle(battle: Battle, before: Battle | undefined): void {
  if (before === undefined) return
  const { sides, ...rest } = before.toJSON() as { sides?: object[] }
  battle.assign(rest)
  for (const side of sides ?? []) battle.sides.push(new BattleSideState().assign(side))
}
