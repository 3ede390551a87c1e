/** Shared ban lists as the tab reads them, and the one way in which it changes them. */
import { type BanList, Refusal } from '@odeon/sdk'
import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { errorText, fieldErrors } from '../../frame/refusal-text.ts'
import { odeon } from '../../session/odeon.ts'
import { enOwner } from '../../text/en-owner.ts'
import type { TFunction } from '../../text/use-translation.ts'

export type ListsOf = 'own' | 'followed' | 'published'
type Full = keyof typeof enOwner.lists.full
type Known = keyof typeof enOwner.lists.refused

type ListsPage = Awaited<ReturnType<typeof odeon.channels.banLists.list>>

const listsPage = 25
const entriesPage = 20

export function useLists(handle: string, of: ListsOf, query = '') {
  return useInfiniteQuery({
    queryKey: ['ban-lists', handle, of, query],
    queryFn: ({ pageParam: before }) =>
      odeon.channels.banLists.list(handle, {
        of,
        limit: listsPage,
        ...(query && { query }),
        ...(before && { before }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ lists, more }) => (more ? lists.at(-1)?.id : undefined),
  })
}

export function useEntries(handle: string, { id }: BanList) {
  return useInfiniteQuery({
    queryKey: ['ban-list-entries', handle, id],
    queryFn: ({ pageParam: before }) =>
      odeon.channels.banLists.entries(handle, id, {
        limit: entriesPage,
        ...(before && { before }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ entries, more }) => (more ? entries.at(-1)?.id : undefined),
  })
}

/** Whatever was done, and whether it was: all lists are read again, for they touch each other. */
export function useListWork(handle: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['ban-lists', handle] })
      // Afterwards: who is on a list that has just gone is not asked any more.
      const theirs = (['own', 'followed'] as const).flatMap((of) =>
        queries.getQueriesData<InfiniteData<ListsPage>>({ queryKey: ['ban-lists', handle, of] }),
      )
      const left = theirs.flatMap(([, data]) => data?.pages.flatMap(({ lists }) => lists) ?? [])
      const ids = new Set<unknown>(left.map(({ id }) => id))
      await queries.invalidateQueries({
        queryKey: ['ban-list-entries', handle],
        predicate: ({ queryKey }) => ids.has(queryKey[2]),
      })
    },
  })
}

/** Why not, and what to do; `full` says what there are too many of. */
export function listErrorText(t: TFunction, error: unknown, full: Full): string {
  if (!(error instanceof Refusal)) return errorText(t, error)
  if (error.code === 'too_many') return t(`lists.full.${full}`)
  if (error.code in enOwner.lists.refused) return t(`lists.refused.${error.code as Known}`)
  const [field] = Object.values(fieldErrors(t, error))
  return field ?? errorText(t, error)
}
