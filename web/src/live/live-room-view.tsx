/** The room around the stage: facts, tools, reactions and chat, laid out for the window. */
import type { Stream } from '@odeon/sdk'
import { useCallback, useEffect, useRef, useState } from 'react'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { phone, useMedia } from '../frame/use-media.ts'
import { ReactionDock } from '../reactions/reaction-dock.tsx'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { ConnectionStrip } from './connection-strip.tsx'
import { RoomChat } from './room-chat.tsx'
import { RoomClosed } from './room-closed.tsx'
import { RoomHeader } from './room-header.tsx'
import { RoomPicture } from './room-picture.tsx'
import { useChatKey, useRoomTitle } from './room-manners.ts'
import { useConnection } from './use-connection.ts'
import type { Presence } from './use-live-room.ts'
import { useRoomState } from './use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'

export interface LiveRoomViewProps {
  presence: Presence
  stream: Stream | undefined
  onEnterAgain: () => void
}

export function LiveRoomView({ presence, stream, onEnterAgain }: LiveRoomViewProps) {
  const { room, feed } = presence
  const { t } = useTranslation()
  const [isChatShown, setChatShown] = useState(true)
  const showChat = useCallback(() => setChatShown(true), [])
  const floats = useRef<HTMLDivElement>(null)
  const drawing = useRef<CrowdDrawing>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const isPhone = useMedia(phone)
  const connection = useConnection(room)
  const phase = useRoomState(room, (state) => state.phase)
  const handle = useRoomState(room, (state) => state.channel)
  const hostName = stream?.channel.name ?? handle
  const onReacted = useCallback(
    (colour: string, count: number) => drawing.current?.spark(colour, count),
    [],
  )

  useRoomTitle(room, hostName)
  useChatKey(field, showChat)
  useEffect(
    () => feed.onSaid(({ from }) => drawing.current?.speak(hashOf(from.id), namePair(from.id)[1])),
    [feed],
  )

  if (connection.status === 'closed') return <RoomClosed room={room} onEnterAgain={onEnterAgain} />

  const dock = (
    <ReactionDock room={room} isOpen={phase === 'live'} layer={floats} onReacted={onReacted} />
  )
  return (
    <div className="room" data-phase={phase} data-chat={isChatShown ? 'shown' : 'hidden'}>
      <h1 className="unseen">{t('live.label')}</h1>
      <div className="room-stage">
        <ConnectionStrip
          isAway={connection.status !== 'live'}
          retryAtMs={connection.retryAtMs}
          onTryNow={() => room.tryNow()}
        />
        <RoomPicture
          room={room}
          stream={stream}
          hostName={hostName}
          drawing={drawing}
          onShowChat={isChatShown ? undefined : showChat}
        >
          {isPhone ? null : <div className="room-dock">{dock}</div>}
        </RoomPicture>
        <RoomHeader room={room} stream={stream} hostName={hostName} />
      </div>
      <RoomChat feed={feed} phase={phase} fieldRef={field} onHide={() => setChatShown(false)}>
        {isPhone ? dock : null}
      </RoomChat>
      <div ref={floats} className="floats" aria-hidden="true" />
    </div>
  )
}
