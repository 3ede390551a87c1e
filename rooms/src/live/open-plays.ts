/** What an audience takes part in beside gifts: battles and treasure boxes. */
import { type BattleParts, openBattles } from './open-battles.ts'
import { openTreasures, type TreasureParts } from './open-treasures.ts'
import type { LiveScope } from './live-scope.ts'

export type PlayParts = BattleParts & TreasureParts

export function openPlays(
  scope: LiveScope,
  parts: PlayParts,
): Pick<LiveScope, 'battles' | 'treasures'> {
  return { battles: openBattles(scope, parts), treasures: openTreasures(scope, parts) }
}
