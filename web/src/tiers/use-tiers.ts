/** Tiers of the house for components: what can be had, and what one has at this moment. */
import type { HouseTier, OwnTier } from '@odeon/sdk'
import {
  type QueryClient,
  type UseQueryResult,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect } from 'react'
import { useNowBy } from '../chat/use-turn.ts'
import { useKeptRoom } from '../lobby/use-kept-room.ts'
import { ownRoom } from '../me/own-room.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'

const freshMs = 5 * 60_000
const nothing: OwnTier = { level: 0, until: null }

export function useTiers(): UseQueryResult<HouseTier[]> {
  return useQuery({ queryKey: ['og'], queryFn: () => odeon.tiers.list(), staleTime: freshMs })
}

const keyOf = (userId: string | undefined) => ['og', 'mine', userId]

/** Another tier than before, as an answer or one's own room says. */
export function showTier(queries: QueryClient, userId: string | undefined, tier: OwnTier): void {
  queries.setQueryData(keyOf(userId), tier)
}

/** Undefined until it is known; level 0 without a tier, and for guests. */
export function useOwnTier(): OwnTier | undefined {
  const { me } = useSession()
  const queries = useQueryClient()
  const isAccount = me?.kind === 'account'
  const { room, status } = useKeptRoom(ownRoom, isAccount)
  const { data, refetch } = useQuery({
    queryKey: keyOf(me?.id),
    queryFn: () => odeon.tiers.mine(),
    enabled: isAccount,
  })
  const userId = me?.id
  useEffect(
    () => room?.on('og.changed', (tier) => showTier(queries, userId, tier)),
    [room, queries, userId],
  )
  useEffect(() => {
    // Once more after each absence: what was said meanwhile was not heard.
    if (isAccount && status === 'live') void refetch()
  }, [isAccount, status, refetch])
  const now = useNowBy(data?.until ?? 0)
  if (!isAccount) return nothing
  return data?.until != null && data.until <= now ? nothing : data
}
