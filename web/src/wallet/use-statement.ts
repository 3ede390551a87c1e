/** The statement of one currency, page by page; read again when a balance has moved. */
import type { Currency, StatementLine, StatementPage } from '@odeon/sdk'
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { odeon } from '../session/odeon.ts'
import { useWallet } from './use-wallet.ts'

export const statementLimits = { pageLines: 20 } as const

export interface StatementView {
  lines: readonly StatementLine[]
  kinds: readonly string[]
  status: 'pending' | 'error' | 'success'
  hasOlder: boolean
  isReading: boolean
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
  const balance = useWallet()?.[currency]
  const before = useRef(balance)
  const key = ['statement', userId, currency, kind]
  const query = useInfiniteQuery<
    StatementPage,
    Error,
    InfiniteData<StatementPage, number | undefined>,
    (string | undefined)[],
    number | undefined
  >({
    queryKey: key,
    initialPageParam: undefined,
    queryFn: ({ pageParam }) =>
      odeon.wallet.statement({
        currency,
        limit: statementLimits.pageLines,
        ...(kind !== undefined && { kind }),
        ...(pageParam !== undefined && { before: pageParam }),
      }),
    getNextPageParam: ({ more, lines }) => (more ? lines.at(-1)?.n : undefined),
  })
  useEffect(() => {
    const known = before.current
    before.current = balance
    if (known === undefined || known === balance) return
    void queries.invalidateQueries({ queryKey: ['statement', userId, currency] })
  }, [queries, userId, currency, balance])
  const pages = query.data?.pages ?? []
  return {
    lines: pages.flatMap(({ lines }) => lines),
    kinds: pages[0]?.kinds ?? [],
    status: query.status,
    hasOlder: query.hasNextPage,
    isReading: query.isFetchingNextPage,
    readOlder: () => void query.fetchNextPage(),
    readAgain: () => void query.refetch(),
  }
}
