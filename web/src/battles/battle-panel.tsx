/** A battle at the host's desk: the bar, the others' stages, and what the host may do. */
import type { LiveConnection } from '@odeon/sdk'
import { BattleDesk } from './battle-desk.tsx'
import { BattleHead } from './battle-head.tsx'
import { BattlePane } from './battle-pane.tsx'
import { sidesInOrder } from './battle-view.ts'
import { useBattle, useStages } from './use-battle.ts'

export function BattlePanel({ room }: { room: LiveConnection }) {
  const battle = useBattle(room)
  const stages = useStages(room)
  if (!battle) return null
  return (
    <div className="battle-panel">
      {stages > 0 ? (
        <>
          <BattleHead room={room} battle={battle} />
          <ul className="battle-rivals">
            {sidesInOrder(battle, room.streamId).map((side) => (
              <BattlePane key={side.streamId} room={room} battle={battle} side={side} />
            ))}
          </ul>
        </>
      ) : null}
      <BattleDesk room={room} />
    </div>
  )
}
