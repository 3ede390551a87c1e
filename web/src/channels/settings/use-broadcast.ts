/** Stream keys and destinations of a channel: read again while somebody looks, and changed. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { odeon } from '../../session/odeon.ts'

/** How it stands changes by itself: an encoder comes, another site lets go. */
const refetchInterval = 5_000

const encodersKey = (handle: string) => ['encoders', handle] as const
const destinationsKey = (handle: string) => ['destinations', handle] as const

export function useEncoders(handle: string) {
  const queryKey = encodersKey(handle)
  return useQuery({ queryKey, queryFn: () => odeon.channels.encoders.of(handle), refetchInterval })
}

export function useDestinations(handle: string) {
  const queryKey = destinationsKey(handle)
  return useQuery({ queryKey, queryFn: () => odeon.channels.outputs.of(handle), refetchInterval })
}

/** Whatever is asked of them, then how they stand after it. */
export function useBroadcastWork<T>(handle: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (work: () => Promise<T>) => work(),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: encodersKey(handle) })
      await queries.invalidateQueries({ queryKey: destinationsKey(handle) })
    },
  })
}
