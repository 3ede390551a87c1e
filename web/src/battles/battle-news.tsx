/** What whoever does not see the stages is told: the turns of a battle, politely and each once. */
import type { LiveConnection } from '@odeon/sdk'
import { useState } from 'react'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import { type BattleNow, lastCallOf, leaderOf, namesOf, teamsOf } from './battle-view.ts'
import { outcomeText } from './outcome-text.ts'
import { useRoomNow } from './room-clock.ts'

interface BattleNewsProps {
  room: LiveConnection
  battle: BattleNow
}

export function BattleNews({ room, battle }: BattleNewsProps) {
  const { t, i18n } = useTranslation()
  const call = lastCallOf(battle, useRoomNow(room, 1_000, battle.phase === 'scoring'))
  const { phase, overtimes } = battle
  const boosted = battle.sides.find(({ boostUntil }) => boostUntil > 0)?.streamId ?? ''
  const turn = `${phase} ${call} ${overtimes} ${boosted} ${i18n.language}`
  // Made anew with a turn only: points change all the time.
  const [told, setTold] = useState({ turn: '', text: '' })
  if (told.turn !== turn) {
    const news = { t, battle, call, streamId: room.streamId, language: i18n.language }
    setTold({ turn, text: newsOf(news) })
  }
  return (
    <p className="unseen" role="status">
      {told.text}
    </p>
  )
}

interface News {
  t: TFunction
  battle: BattleNow
  call: number | undefined
  streamId: string
  language: string
}

function newsOf({ t, battle, call, streamId, language }: News): string {
  const { phase, sides, minutes } = battle
  if (phase === 'countdown') return t('battle.newsSoon', { names: namesOf(sides, language) })
  if (phase === 'victory') return outcomeText(t, battle, language)
  if (phase !== 'scoring') return ''
  const boosted = sides.find(({ boostUntil }) => boostUntil > 0)
  const teams = teamsOf(battle, streamId)
  const leader = leaderOf(teams)
  const even = teams.some(({ isHidden }) => isHidden) ? '' : t('battle.newsEven')
  const leads = leader ? t('battle.newsLeads', { names: namesOf(leader.sides, language) }) : even
  return [
    call === undefined
      ? t('battle.newsBegun', { count: minutes })
      : t('battle.newsLeft', { count: call }),
    boosted ? t('battle.newsBoost', { name: boosted.name }) : '',
    call === undefined ? '' : leads,
  ]
    .filter(Boolean)
    .join(' ')
}
