/** The statement of one currency: its newest lines, read again behind moves, and older ones. */
import type { Currency, StatementLine } from '@odeon/sdk'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { odeon } from '../session/odeon.ts'
import { type NewestLines, withNewest } from './newest-lines.ts'

export const statementLimits = { pageLines: 20 } as const

export interface StatementView {
  lines: readonly StatementLine[]
  kinds: readonly string[]
  status: 'pending' | 'error' | 'success'
  hasOlder: boolean
  isReading: boolean
  /** The page behind the last one did not come. */
  hasFailedOlder: boolean
  readOlder: () => void
  readAgain: () => void
}

interface Wanted {
  userId: string
  currency: Currency
  /** Undefined for everything. */
  kind: string | undefined
}

export function useStatement({ userId, currency, kind }: Wanted): StatementView {
  const queries = useQueryClient()
  const queryKey = ['statement', userId, currency, kind]
  const read = (before: number | undefined) =>
    odeon.wallet.statement({
      currency,
      limit: statementLimits.pageLines,
      ...(kind !== undefined && { kind }),
      ...(before !== undefined && { before }),
    })
  const newest = useQuery({
    queryKey,
    refetchOnMount: 'always',
    queryFn: async () => {
      const page = await read(undefined)
      return withNewest(queries.getQueryData<NewestLines>(queryKey), page)
    },
  })
  const from = newest.data?.olderFrom
  const older = useInfiniteQuery({
    queryKey: ['older-lines', userId, currency, kind, from],
    enabled: from !== undefined,
    // What has moved stays as it was.
    staleTime: Infinity,
    initialPageParam: from,
    queryFn: ({ pageParam }) => read(pageParam),
    getNextPageParam: ({ more, lines }) => (more ? lines.at(-1)?.n : undefined),
  })
  const below = from === undefined ? undefined : older.data?.pages
  const readOlder = () => {
    if (from !== undefined) return void (below ? older.fetchNextPage() : older.refetch())
    queries.setQueryData<NewestLines>(queryKey, (known) => {
      return known && { ...known, olderFrom: known.lines.at(-1)?.n }
    })
  }
  return {
    lines: [newest.data, ...(below ?? [])].flatMap((page) => page?.lines ?? []),
    kinds: newest.data?.kinds ?? [],
    status: newest.status,
    hasOlder: below ? older.hasNextPage : newest.data?.more === true,
    isReading: older.isFetching,
    hasFailedOlder: older.isError,
    readOlder,
    readAgain: () => void newest.refetch(),
  }
}
