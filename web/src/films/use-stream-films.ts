/** The films of a stream, asked for again before their links end. */
import type { Film, Films } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { odeon } from '../session/odeon.ts'

const aheadMs = 60_000
/** A film comes some moments after its stream's end. */
const makingEveryMs = 5_000
const none: readonly Film[] = []

export const filmsKey = (streamId: string) => ['films', streamId] as const

export const isMaking = ({ filming }: Pick<Films, 'filming'>) =>
  filming !== null && ['starting', 'live', 'waiting'].includes(filming.state)

export function useStreamFilms(streamId: string) {
  const { data, isPending, failureCount, refetch } = useQuery({
    queryKey: filmsKey(streamId),
    queryFn: () => odeon.channels.outputs.films(streamId),
    // Whatever is asked for comes with other links, and films that play go over to them.
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => againInMs(state.data),
    refetchIntervalInBackground: true,
  })
  const renew = useCallback(
    async (filmId: string) => {
      const again = await refetch({ throwOnError: true })
      return again.data?.films.find(({ id }) => id === filmId)
    },
    [refetch],
  )
  const playable = useMemo(() => data?.films.filter(({ link }) => link !== null) ?? none, [data])
  // What cannot be had keeps nobody from the rest.
  return { data, isAsked: !isPending || failureCount > 0, playable, renew }
}

function againInMs(data: Films | undefined): number | false {
  if (data === undefined) return false
  if (data.films.length === 0) return isMaking(data) ? makingEveryMs : false
  const [link] = data.films.flatMap((film) => film.link ?? [])
  return link ? Math.max(1_000, link.forMs - aheadMs) : false
}
