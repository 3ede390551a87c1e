/** A list that comes page by page, newest first, and looks for newer ones by itself. */
import { useInfiniteQuery } from '@tanstack/react-query'

interface Page<Item> {
  items: readonly Item[]
  more: boolean
}

interface PagesOptions<Item> {
  key: readonly unknown[]
  read: (before: string | undefined) => Promise<Page<Item>>
  refetchMs?: number
}

export function usePages<Item extends { id: string }>(options: PagesOptions<Item>) {
  const { key, read, refetchMs } = options
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ items, more }) => (more ? items.at(-1)?.id : undefined),
    ...(refetchMs === undefined ? {} : { refetchInterval: refetchMs }),
  })
  const items = query.data?.pages.flatMap((page) => page.items)
  return { ...query, items }
}
