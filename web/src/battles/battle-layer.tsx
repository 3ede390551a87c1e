/** What a battle puts over the stage of a live page; fetched when there is one. */
import type { LiveConnection } from '@odeon/sdk'
import { useEffect } from 'react'
import { useYou } from '../chat/use-turn.ts'
import { ahead, later } from '../frame/later.tsx'
import { useBattle, useStages } from './use-battle.ts'

const loadStage = async () => (await import('./battle-stage.tsx')).BattleStage
const BattleStage = later(loadStage)
const fetchStage = ahead(loadStage)
const BattleDesk = later(async () => (await import('./battle-desk.tsx')).BattleDesk)

export function BattleLayer({ room }: { room: LiveConnection }) {
  const battle = useBattle(room)
  const stages = useStages(room)
  const { role } = useYou(room)
  const isInvited = battle?.phase === 'invited'
  useEffect(() => {
    if (isInvited) fetchStage()
  }, [isInvited])
  return (
    <>
      {stages > 0 ? <BattleStage room={room} /> : null}
      {battle && role === 'host' ? <BattleDesk room={room} /> : null}
    </>
  )
}
