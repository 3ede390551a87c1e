/** Over the lines: who gives most, who sits on the throne, the hype train and the host's goal. */
import type { LiveConnection } from '@odeon/sdk'
import { useRoomState } from '../live/use-room-state.ts'
import { useYou } from '../chat/use-turn.ts'
import { GiftBoard } from './gift-board.tsx'
import { GoalBar } from './goal-bar.tsx'
import { TrainBar } from './train-bar.tsx'

/** Rooms from before there were gifts have none, and those in which nobody gave show nothing. */
export function RoomGifts({ room }: { room: LiveConnection }) {
  const hasGifts = useRoomState(room, (state) => (state.gifts?.n ?? 0) > 0)
  const isOver = useRoomState(room, (state) => state.phase === 'ended')
  const isHost = useYou(room).role === 'host'
  return (
    <>
      {hasGifts ? <GiftBoard room={room} /> : null}
      <TrainBar room={room} />
      <GoalBar room={room} isHost={isHost && !isOver} />
    </>
  )
}
