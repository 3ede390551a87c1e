/** A room of voices as a page: its room while it is open, and what is shown when it is not. */
import type { AudioConnection, Stream } from '@odeon/sdk'
import type { ChatFeed } from '../chat/chat-feed.ts'
import { RoomClosed } from '../live/room-closed.tsx'
import { RoomSkeleton } from '../live/room-skeleton.tsx'
import { useConnection } from '../live/use-connection.ts'
import { useFloor } from './use-floor.ts'
import { VoicesRoom } from './voices-room.tsx'

interface VoicesViewProps {
  room: AudioConnection
  feed: ChatFeed
  stream: Stream | undefined
  onEnterAgain: () => void
}

export function VoicesView({ room, feed, stream, onEnterAgain }: VoicesViewProps) {
  const { status } = useConnection(room)
  const page = useFloor(room)
  if (status === 'closed') return <RoomClosed room={room} onEnterAgain={onEnterAgain} />
  if (!page) return <RoomSkeleton stream={stream} />
  return <VoicesRoom page={page} feed={feed} stream={stream} />
}
