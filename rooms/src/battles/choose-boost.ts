/** Who gets a boost: of those behind whoever is most at it, by what was given lately (GAME-07). */
import type { BattleRecord, BoostChoice } from './battle-record.ts'
import { type SideSum, teamsByPoints } from './score.ts'

const perPerson = 10

/** Ten for each person who gave since the last boost, one for each gift. */
const engagementOf = ({ gifts, people }: SideSum): number => perPerson * people + gifts

/** Nobody while the best are equal. What was looked at is kept with the choice. */
export function chooseBoost(
  battle: BattleRecord,
  { slot, now, sums }: { slot: number; now: number; sums: readonly SideSum[] },
): BoostChoice {
  const looked = sums.map((sum) => {
    return { streamId: sum.streamId, points: sum.points, engagement: engagementOf(sum) }
  })
  const [first, second] = teamsByPoints(battle.sides, sums)
  const isEven = first === undefined || first.points === (second?.points ?? first.points)
  const behind = battle.sides.filter(
    ({ team, forfeitedAt }) => forfeitedAt === 0 && team !== first?.team,
  )
  const of = (streamId: string) => looked.find((one) => one.streamId === streamId)
  const [best] = behind
    .map(({ streamId }) => ({ streamId, ...of(streamId) }))
    .sort((one, other) => {
      return (
        (other.engagement ?? 0) - (one.engagement ?? 0) || (one.points ?? 0) - (other.points ?? 0)
      )
    })
  return { slot, at: now, streamId: isEven ? '' : (best?.streamId ?? ''), looked }
}
