/** What the chat says of a battle's turn, out of the log alone: it is read long afterwards, too. */
import type { BattleMoved } from '@odeon/rooms/protocol'
import type { TFunction } from '../text/use-translation.ts'
import { namesOf } from './battle-view.ts'

type Ended = 'rejected' | 'expired' | 'cancelled'

export function battleLineText(t: TFunction, move: BattleMoved, language: string): string {
  const { what, streamId, name = '', sides = [], end, winner } = move
  switch (what) {
    case 'invited': {
      const others = sides.filter((side) => side.streamId !== streamId)
      return t('battle.lines.invited', { name, names: namesOf(others, language) })
    }
    case 'called_off':
      return t(`battle.lines.${(end ?? 'cancelled') as Ended}`)
    case 'began':
      return t('battle.lines.began', { names: namesOf(sides, language) })
    case 'ended': {
      const score = scoreText(move, language)
      if (typeof winner !== 'number') return t('battle.lines.draw', { score })
      const winners = sides.filter(({ team }) => team === winner)
      const names = namesOf(winners, language)
      if (end === 'forfeit') return t('battle.lines.forfeit', { names })
      return t('battle.lines.won', { names, score })
    }
    case 'extended':
      return t('battle.lines.extended')
    case 'accepted':
      return ''
    default:
      return t(`battle.lines.${what}`, { name })
  }
}

/** By team, the winner's first: 1,200 : 900. */
function scoreText({ sides = [], points = {}, winner }: BattleMoved, language: string): string {
  const teams = new Map<number, number>()
  for (const { streamId, team } of sides) {
    teams.set(team, (teams.get(team) ?? 0) + (points[streamId] ?? 0))
  }
  const number = new Intl.NumberFormat(language)
  return [...teams]
    .toSorted(([one], [other]) => Number(other === winner) - Number(one === winner))
    .map(([, sum]) => number.format(sum))
    .join(' : ')
}
