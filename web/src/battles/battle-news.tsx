/** What whoever does not see the stages is told: the turns of a battle, politely and each once. */
import type { LiveConnection } from '@odeon/sdk'
import { useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import type { BattleNow } from './battle-view.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { nothingTold, toldNext } from './told-turns.ts'

interface BattleNewsProps {
  room: LiveConnection
  battle: BattleNow
}

export function BattleNews({ room, battle }: BattleNewsProps) {
  const { t, i18n } = useTranslation()
  const now = useRoomNow(room, 1_000, battle.phase === 'scoring')
  const [told, setTold] = useState(nothingTold)
  const { streamId } = room
  const next = toldNext(told, { t, battle, now, streamId, language: i18n.language })
  if (next !== told) setTold(next)
  return (
    <p className="unseen" role="status">
      <span key={told.times}>{told.text}</span>
    </p>
  )
}
