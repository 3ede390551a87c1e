/** Follow, from inside the room. The room says how it stands, also when it changed elsewhere. */
import type { ChannelPage, LiveConnection } from '@odeon/sdk'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { FollowButton } from '../channels/follow-button.tsx'
import { channelKey } from '../channels/use-channel.ts'
import { useYou } from '../chat/use-turn.ts'
import { useRoomState } from './use-room-state.ts'

type Follow = Pick<ChannelPage, 'isFollowing' | 'followedAt'>

export function RoomFollow({ room, hostName }: { room: LiveConnection; hostName: string }) {
  const handle = useRoomState(room, (state) => state.channel)
  return <FollowButton handle={handle} name={hostName} isFollowing={useIsFollowing(room, handle)} />
}

/**
 * Kept where the channel's own page keeps it, so that a click shows at once and is taken back when
 * it is refused; nothing is asked of the server, the room tells every change.
 */
function useIsFollowing(room: LiveConnection, handle: string): boolean {
  const queries = useQueryClient()
  const you = useYou(room)
  const { followedAt } = you.standing
  const said = { isFollowing: followedAt !== null, followedAt }
  const roomKey = [...channelKey(handle), you.id, 'room']
  const { data } = useQuery<Follow>({ queryKey: roomKey, queryFn: skipToken, initialData: said })
  useEffect(() => {
    const queryKey = [...channelKey(handle), you.id]
    queries.setQueriesData<Follow>({ queryKey }, (known) => {
      return known && { ...known, isFollowing: followedAt !== null, followedAt }
    })
  }, [queries, handle, you.id, followedAt])
  return (data ?? said).isFollowing
}
