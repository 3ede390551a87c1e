/** What is said of a battle to who does not see it: each turn once, in the order they come. */
import type { TFunction } from '../text/use-translation.ts'
import {
  type BattleNow,
  boostOf,
  lastCallOf,
  leaderOf,
  namesOf,
  secondsTo,
  teamsOf,
} from './battle-view.ts'
import { outcomeText } from './outcome-text.ts'

interface ToldTurns {
  battleId: string
  phase: string
  /** The last call that was made, in seconds before the bell: no earlier one comes behind it. */
  call: number
  /** Which boosts were told. */
  boosts: readonly string[]
  /** How many times something was said; `text` is the last. */
  times: number
  text: string
}

export const nothingTold: ToldTurns = {
  battleId: '',
  phase: '',
  call: Infinity,
  boosts: [],
  times: 0,
  text: '',
}

interface Seen {
  t: TFunction
  battle: BattleNow
  /** By the room's clock, Unix ms. */
  now: number
  streamId: string
  language: string
}

/** `before` itself as long as there is nothing new. */
export function toldNext(before: ToldTurns, seen: Seen): ToldTurns {
  const { battle, now } = seen
  const { id, phase } = battle
  const isOther = before.battleId !== id
  const same = isOther ? { ...nothingTold, times: before.times } : before
  const hasTurned = same.phase !== phase
  // Whoever comes in the middle of it has not seen it begin; how long it takes is a call, too.
  const hasBegun = phase === 'scoring' && hasTurned && same.phase !== ''
  const lastCall = hasBegun ? battle.minutes * 60 : same.call
  const call = lastCallOf(battle, now)
  const isCall = call !== undefined && call < lastCall
  const boosted = boostsOn(seen).filter(({ key }) => !same.boosts.includes(key))
  if (!isOther && !hasTurned && !isCall && boosted.length === 0) return before
  const said = [
    hasTurned ? turnText(seen, hasBegun) : '',
    boosted.length > 0 ? boostText(seen, boosted) : '',
    isCall ? callText(seen) : '',
  ].filter(Boolean)
  return {
    battleId: id,
    phase,
    call: isCall ? call : lastCall,
    boosts: [...same.boosts, ...boosted.map(({ key }) => key)],
    times: same.times + Math.min(said.length, 1),
    text: said.join(' '),
  }
}

function boostsOn({ battle: { phase, sides }, now }: Seen) {
  if (phase !== 'scoring') return []
  return sides
    .filter((side) => boostOf(side, now)?.is === 'on')
    .map(({ streamId, boostFrom, name }) => ({ key: `${streamId} ${boostFrom}`, name }))
}

function turnText({ t, battle, language }: Seen, hasBegun: boolean): string {
  const { phase, sides, minutes } = battle
  if (phase === 'countdown') return t('battle.newsSoon', { names: namesOf(sides, language) })
  if (phase === 'victory') return outcomeText(t, battle, language)
  return hasBegun ? t('battle.newsBegun', { count: minutes }) : ''
}

const boostText = ({ t, language }: Seen, sides: readonly { name: string }[]) =>
  t('battle.newsBoost', { name: namesOf(sides, language) })

function callText({ t, battle, now, streamId, language }: Seen): string {
  const teams = teamsOf(battle, streamId)
  const leader = leaderOf(teams)
  const even = teams.some(({ isHidden }) => isHidden) ? '' : t('battle.newsEven')
  const leads = leader ? t('battle.newsLeads', { names: namesOf(leader.sides, language) }) : even
  const left = t('battle.newsLeft', { count: secondsTo(battle.endsAt, now) })
  return [left, leads].filter(Boolean).join(' ')
}
