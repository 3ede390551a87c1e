/** A room of voices around its hall: header and chat, laid out for the window. */
import type { Stream } from '@odeon/sdk'
import { PanelRightOpen } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { phone, useMedia } from '../frame/use-media.ts'
import { ConnectionStrip } from '../live/connection-strip.tsx'
import { RoomChat } from '../live/room-chat.tsx'
import { RoomHeader } from '../live/room-header.tsx'
import { useChatKey, useRoomTitle } from '../live/room-manners.ts'
import { useConnection } from '../live/use-connection.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useComingBack } from './use-coming-back.ts'
import type { FloorPage } from './use-floor.ts'
import { VoicesHall } from './voices-hall.tsx'

interface VoicesRoomProps {
  page: FloorPage
  feed: ChatFeed
  stream: Stream | undefined
}

export function VoicesRoom({ page, feed, stream }: VoicesRoomProps) {
  const { t } = useTranslation()
  const { room } = page.view
  const isPhone = useMedia(phone)
  const [isChatShown, setChatShown] = useState(!isPhone)
  // As a sheet it would cover the hall: it waits to be asked for.
  useEffect(() => setChatShown(!isPhone), [isPhone])
  const showChat = useCallback(() => setChatShown(true), [])
  const field = useRef<HTMLTextAreaElement>(null)
  const floats = useRef<HTMLDivElement>(null)
  const connection = useConnection(room)
  const phase = useRoomState(room, (state) => state.phase)
  const handle = useRoomState(room, (state) => state.channel)
  const hostName = stream?.channel.name ?? handle
  const newLines = useNewLines(feed, isChatShown)
  useRoomTitle(room, hostName)
  useChatKey(field, showChat)
  useComingBack(page.view, connection)

  return (
    <div className="room voices" data-phase={phase} data-chat={isChatShown ? 'shown' : 'hidden'}>
      <h1 className="unseen">{t('floor.label')}</h1>
      <div className="room-stage">
        <ConnectionStrip
          isAway={connection.status !== 'live'}
          retryAtMs={connection.retryAtMs}
          onTryNow={() => room.tryNow()}
        />
        <VoicesHall
          page={page}
          feed={feed}
          stream={stream}
          hostName={hostName}
          floats={floats}
          newLines={newLines}
          onShowChat={isPhone ? showChat : undefined}
        >
          {isChatShown || isPhone ? null : (
            <button type="button" className="button room-show-chat" onClick={showChat}>
              <PanelRightOpen size={18} aria-hidden="true" />
              {t('live.showChat')}
            </button>
          )}
        </VoicesHall>
        <RoomHeader room={room} stream={stream} hostName={hostName} />
      </div>
      {isPhone && !isChatShown ? null : (
        <RoomChat feed={feed} phase={phase} fieldRef={field} onHide={() => setChatShown(false)} />
      )}
      <div ref={floats} className="floats" aria-hidden="true" />
    </div>
  )
}

/** Lines that were said while the chat was out of sight. */
function useNewLines(feed: ChatFeed, isShown: boolean): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    setCount(0)
    return isShown ? undefined : feed.onSaid(() => setCount((now) => now + 1))
  }, [feed, isShown])
  return count
}
