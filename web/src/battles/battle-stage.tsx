/** The stages of all sides: the panes, the bar, the victory lap, and what is told of them. */
import type { LiveConnection } from '@odeon/sdk'
import { BattleHead } from './battle-head.tsx'
import { BattleNews } from './battle-news.tsx'
import { BattlePane } from './battle-pane.tsx'
import { secondsTo, sidesInOrder } from './battle-view.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { useBattle } from './use-battle.ts'
import { VictoryLap } from './victory-lap.tsx'

export function BattleStage({ room }: { room: LiveConnection }) {
  const battle = useBattle(room)
  if (!battle) return null
  const { phase, winner } = battle
  return (
    <div className="battle" data-phase={phase}>
      <ul className="battle-panes">
        {sidesInOrder(battle, room.streamId).map((side) => (
          <BattlePane key={side.streamId} room={room} battle={battle} side={side} />
        ))}
      </ul>
      <BattleHead room={room} battle={battle} />
      {phase === 'countdown' ? <CountIn room={room} startsAt={battle.startsAt} /> : null}
      {phase === 'victory' && winner >= 0 ? <VictoryLap key={battle.id} battle={battle} /> : null}
      <BattleNews room={room} battle={battle} />
    </div>
  )
}

/** For the eyes; the clock says the same. */
function CountIn({ room, startsAt }: { room: LiveConnection; startsAt: number }) {
  const seconds = secondsTo(startsAt, useRoomNow(room, 100))
  if (seconds === 0) return null
  return (
    <p key={seconds} className="battle-count figures" aria-hidden="true">
      {seconds}
    </p>
  )
}
