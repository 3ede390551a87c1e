/** The kept chat of a stream, newest page first, older ones on request. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ChatLine } from '../chat/chat-line.tsx'
import { linesOf } from '../chat/chat-feed.ts'
import { rowsOf } from '../chat/lines.ts'
import { NotFoundPage } from '../frame/error-pages.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'

const pageLines = 100
const nobody = { id: '', name: '' }

export function LogPage() {
  const { t, i18n } = useTranslation()
  const { streamId } = useParams({ from: '/live/$streamId/log' })
  const { me } = useSession()
  const reader = me ?? nobody
  const stream = useQuery({
    queryKey: ['stream', streamId],
    queryFn: () => odeon.streams.get(streamId),
  })
  const log = useInfiniteQuery({
    queryKey: ['log', streamId],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      odeon.streams.log(streamId, { before: pageParam, limit: pageLines }),
    getNextPageParam: (page) => (page.more ? page.entries[0]?.seq : undefined),
  })
  const title = stream.data ? t('log.title', { title: stream.data.title }) : undefined
  useTitle(title)

  if (stream.isError) return <NotFoundPage />
  const lines = linesOf((log.data?.pages ?? []).toReversed().flatMap((page) => page.entries))
  return (
    <div className="page page-narrow">
      <h1>{title ?? <span className="skeleton line-skeleton" />}</h1>
      <p className="page-lead">
        <Link to="/live/$streamId" params={{ streamId }} className="link">
          {t('log.back')}
        </Link>
      </p>
      <div className="panel log">
        {log.isError ? <p className="notice notice-bad">{errorText(t, log.error)}</p> : null}
        {log.hasNextPage ? (
          <button
            type="button"
            className="button button-plain button-wide"
            aria-disabled={log.isFetchingNextPage || undefined}
            onClick={() => void log.fetchNextPage()}
          >
            {t('log.older')}
          </button>
        ) : null}
        {log.isSuccess && !log.hasNextPage ? (
          <p className="chat-system">{lines.length > 0 ? t('log.begin') : t('log.empty')}</p>
        ) : null}
        <ol>
          {rowsOf(lines, undefined).map((row) => (
            <ChatLine key={row.line.key} {...row} me={reader} language={i18n.language} />
          ))}
        </ol>
      </div>
    </div>
  )
}
