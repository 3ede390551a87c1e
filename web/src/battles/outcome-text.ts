/** How a battle ended, in a sentence. */
import type { TFunction } from '../text/use-translation.ts'
import { type BattleNow, namesOf } from './battle-view.ts'

export function outcomeText(
  t: TFunction,
  { end, winner, sides }: Pick<BattleNow, 'end' | 'winner' | 'sides'>,
  language: string,
): string {
  if (winner < 0) return t('battle.draw')
  const names = namesOf(
    sides.filter(({ team }) => team === winner),
    language,
  )
  return end === 'forfeit' ? t('battle.wonByForfeit', { names }) : t('battle.won', { names })
}
