/** Over the lines: who gives most, who sits on the throne, the hype train and the host's goal. */
import type { LiveConnection } from '@odeon/sdk'
import { useRoomState } from '../live/use-room-state.ts'
import { useYou } from '../chat/use-turn.ts'
import { phone, useMedia } from '../frame/use-media.ts'
import { GiftBoard } from './gift-board.tsx'
import { GiftSigns } from './gift-signs.tsx'
import { GoalBar } from './goal-bar.tsx'
import { TrainBar } from './train-bar.tsx'

/** Rooms from before there were gifts have none, and those in which nobody gave show nothing. */
export function RoomGifts({ room }: { room: LiveConnection }) {
  const hasGifts = useRoomState(room, (state) => (state.gifts?.n ?? 0) > 0)
  const isOver = useRoomState(room, (state) => state.phase === 'ended')
  const isHost = useYou(room).role === 'host'
  const hasBar = useRoomState(room, ({ gifts }) => {
    return gifts !== undefined && (gifts.train.level > 0 || gifts.goal.targetCoins > 0)
  })
  // There the stage is behind the chat: no more of it is covered than a row of signs.
  if (useMedia(phone) && (hasGifts || hasBar)) {
    return <GiftSigns room={room} isHost={isHost && !isOver} />
  }
  return (
    <>
      {hasGifts ? <GiftBoard room={room} /> : null}
      <TrainBar room={room} />
      <GoalBar room={room} isHost={isHost && !isOver} />
    </>
  )
}
