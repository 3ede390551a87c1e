/** What was on this stage, with what it came to. */
import type { Stream } from '@odeon/sdk'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { errorText } from '../frame/refusal-text.ts'
import { clockOf } from '../frame/clock.ts'
import { dateOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'

const pageSize = 12

export function PastStreams({ handle, isOwner }: { handle: string; isOwner: boolean }) {
  const { t } = useTranslation()
  const streams = useInfiniteQuery({
    queryKey: ['past', handle],
    queryFn: ({ pageParam }) =>
      odeon.channels.streams(handle, {
        limit: pageSize,
        ...(pageParam === '' ? {} : { before: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.id),
  })
  const shown = streams.data?.pages.flat()
  return (
    <section aria-labelledby="past" aria-busy={!shown && !streams.isError}>
      <div className="past-head">
        <h2 id="past">{t('channel.streams')}</h2>
        {isOwner ? (
          <Link
            to="/channel/$handle/settings"
            params={{ handle }}
            search={{ tab: 'films' }}
            className="button button-quiet"
          >
            {t('films.yours')}
          </Link>
        ) : null}
      </div>
      {streams.isError ? (
        <p className="notice notice-bad" role="alert">
          {errorText(t, streams.error)}
        </p>
      ) : null}
      {!shown && !streams.isError ? <div className="skeleton past-skeleton" /> : null}
      {shown?.length === 0 ? (
        <p className="panel dim">{isOwner ? t('channel.noneOwn') : t('channel.none')}</p>
      ) : null}
      {shown && shown.length > 0 ? (
        <ul className="panel past-list">
          {shown.map((stream) => (
            <PastStream key={stream.id} stream={stream} />
          ))}
        </ul>
      ) : null}
      {streams.hasNextPage ? (
        <button
          type="button"
          className="button button-plain button-wide past-more"
          aria-disabled={streams.isFetchingNextPage || undefined}
          onClick={() => void streams.fetchNextPage()}
        >
          {t('channel.more')}
        </button>
      ) : null}
    </section>
  )
}

function PastStream({ stream }: { stream: Stream }) {
  const { t, i18n } = useTranslation()
  const { numbers } = stream
  const format = new Intl.NumberFormat(i18n.language)
  return (
    <li className="past">
      <div className="past-title">
        <Link to="/live/$streamId" params={{ streamId: stream.id }}>
          {stream.title}
        </Link>
        <p>{stream.startedAt ? dateOf(stream.startedAt, i18n.language) : t('channel.untold')}</p>
      </div>
      {numbers ? (
        <dl className="past-numbers figures">
          <Figure name={t('numbers.duration')} value={clockOf(numbers.durationMs)} />
          <Figure name={t('numbers.viewersPeak')} value={format.format(numbers.viewersPeak)} />
          <Figure name={t('numbers.messages')} value={format.format(numbers.messages)} />
        </dl>
      ) : null}
      <Link
        to="/live/$streamId/log"
        params={{ streamId: stream.id }}
        className="button button-plain"
      >
        {t('live.readLog')}
      </Link>
    </li>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
