/** The hall with all that lies over it, and how the crowd answers what is said and sent. */
import type { Stream } from '@odeon/sdk'
import { type ReactNode, type RefObject, useCallback, useEffect, useRef } from 'react'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { GiftEffects } from '../gifts/gift-effects.tsx'
import { RoomFacts } from '../live/room-facts.tsx'
import { StagePlaybill } from '../live/stage-playbill.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { ReactionDock } from '../reactions/reaction-dock.tsx'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { useTranslation } from '../text/use-translation.ts'
import { FloorDesk } from './floor-desk.tsx'
import { Hall } from './hall.tsx'
import type { FloorPage, FloorView } from './use-floor.ts'

interface VoicesHallProps {
  page: FloorPage
  feed: ChatFeed
  stream: Stream | undefined
  hostName: string
  floats: RefObject<HTMLDivElement | null>
  newLines: number
  /** Undefined where the chat stands beside the hall. */
  onShowChat: (() => void) | undefined
  children: ReactNode
}

export function VoicesHall(props: VoicesHallProps) {
  const { page, feed, stream, hostName, floats, newLines, onShowChat, children } = props
  const { t } = useTranslation()
  const { room } = page.view
  const phase = useRoomState(room, (now) => now.phase)
  const handle = useRoomState(room, (now) => now.channel)
  const listeners = useListeners(page.view)
  const drawing = useRef<CrowdDrawing>(null)
  const isLive = phase === 'live'
  const onReacted = useCallback(
    (colour: string, count: number) => drawing.current?.spark(colour, count),
    [],
  )
  useEffect(
    () => feed.onSaid(({ from }) => drawing.current?.speak(hashOf(from.id), namePair(from.id)[1])),
    [feed],
  )
  return (
    <Hall
      label={t('floor.hall')}
      handle={handle}
      listeners={listeners}
      isLive={isLive}
      isRoom
      drawing={drawing}
    >
      <GiftEffects room={room} />
      <RoomFacts room={room} listeners={listeners} />
      {phase === 'ended' ? (
        <StagePlaybill room={room} stream={stream} hostName={hostName} />
      ) : (
        <FloorDesk page={page} hostName={hostName} newLines={newLines} onShowChat={onShowChat}>
          <ReactionDock room={room} isOpen={isLive} layer={floats} onReacted={onReacted} />
        </FloorDesk>
      )}
      {children}
    </Hall>
  )
}

/** The audience without those who have a seat; the host is never counted among it. */
function useListeners({ room, floor }: FloorView): number {
  const viewers = useRoomState(room, (now) => now.viewerCount)
  return Math.max(0, viewers - floor.speakers.filter(({ seat }) => seat > 0).length)
}
