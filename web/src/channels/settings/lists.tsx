/** Lists of one kind, page by page: while they come, when there are none, and when they fail. */
import type { BanList } from '@odeon/sdk'
import { type ReactNode, useId } from 'react'
import { errorText } from '../../frame/refusal-text.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { type ListsOf, useLists } from './use-lists.ts'

interface ListsProps {
  handle: string
  of: ListsOf
  none: string
  query?: string
  isShown?: (list: BanList) => boolean
  children: (list: BanList) => ReactNode
}

export function Lists(props: ListsProps) {
  const { handle, of, none, query, isShown = () => true, children } = props
  const { t } = useTranslation()
  const id = useId()
  const read = useLists(handle, of, query)
  const lists = read.data?.pages.flatMap((page) => page.lists).filter(isShown)
  if (read.isError && !lists) {
    return (
      <p className="notice notice-bad" role="alert">
        {errorText(t, read.error)}{' '}
        <button type="button" className="link-button" onClick={() => void read.refetch()}>
          {t('app.retry')}
        </button>
      </p>
    )
  }
  if (!lists) return <div className="skeleton lists-skeleton" aria-busy="true" />
  return (
    <>
      {lists.length === 0 ? <p className="lists-none">{none}</p> : null}
      <ul id={id} className="lists">
        {lists.map(children)}
      </ul>
      {read.hasNextPage ? (
        <button
          type="button"
          className="button button-plain"
          aria-controls={id}
          aria-disabled={read.isFetchingNextPage || undefined}
          onClick={() => void read.fetchNextPage()}
        >
          {t('lists.more')}
        </button>
      ) : null}
    </>
  )
}
