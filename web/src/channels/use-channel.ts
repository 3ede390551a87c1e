/** A channel as the page knows it, and the one change that is shown before it is granted. */
import type { ChannelPage } from '@odeon/sdk'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'

export const channelKey = (handle: string) => ['channel', handle] as const

/** Live or not changes by itself: asked again now and then while the page is looked at. */
const refetchMs = 20_000

export function useChannel(handle: string) {
  const { me, isStarting } = useSession()
  return useQuery({
    queryKey: [...channelKey(handle), me?.id ?? null],
    queryFn: () => odeon.channels.get(handle),
    enabled: !isStarting,
    refetchInterval: refetchMs,
    placeholderData: (before) => before,
  })
}

/** Follows or unfollows: shown at once, taken back when it is refused. */
export function useFollow(handle: string) {
  const queries = useQueryClient()
  const queryKey = channelKey(handle)
  return useMutation({
    mutationKey: ['follow', handle],
    // One after the other: a quick change of mind must not overtake itself.
    scope: { id: `follow ${handle}` },
    mutationFn: (isFollowing: boolean) =>
      isFollowing ? odeon.channels.follow(handle) : odeon.channels.unfollow(handle),
    onMutate: async (isFollowing) => {
      await queries.cancelQueries({ queryKey })
      const before = queries.getQueriesData<ChannelPage>({ queryKey })
      queries.setQueriesData<ChannelPage>({ queryKey }, (page) => {
        if (!page || page.isFollowing === isFollowing) return page
        const followers = Math.max(0, page.followers + (isFollowing ? 1 : -1))
        return { ...page, isFollowing, followers, followedAt: isFollowing ? Date.now() : null }
      })
      return before
    },
    onError: (_error, _isFollowing, before) => {
      for (const [key, page] of before ?? []) queries.setQueryData(key, page)
    },
    onSuccess: (standing) => {
      queries.setQueriesData<ChannelPage>({ queryKey }, (page) => page && { ...page, ...standing })
      void queries.invalidateQueries({ queryKey: ['following'] })
    },
  })
}
