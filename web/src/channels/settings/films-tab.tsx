/** The films of a channel for its owner: what there is, what becomes of it, who may see it. */
import type { ChannelFilms, ChannelPage } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { Clapperboard } from 'lucide-react'
import { errorText } from '../../frame/refusal-text.ts'
import { useTranslation } from '../../text/use-translation.ts'
import { BroadcastPanel } from './broadcast-panel.tsx'
import { FilmedStreamItem } from './filmed-stream.tsx'
import { RemovedFilms } from './removed-films.tsx'
import { useChannelFilms, useFilmWork } from './use-films.ts'

export function FilmsTab({ channel: { handle } }: { channel: ChannelPage }) {
  const { t } = useTranslation()
  const films = useChannelFilms(handle)
  const { work, again, removed, forget } = useFilmWork(handle)
  const failed = work.error ?? again.error
  const [first] = films.data?.pages ?? []
  const streams = films.data?.pages.flatMap((page) => page.streams) ?? []
  return (
    <BroadcastPanel
      id="films"
      title={t('films.title')}
      text={t('films.text')}
      error={films.error}
      onRetry={() => void films.refetch()}
    >
      {first ? (
        <>
          <Terms films={first} />
          {failed ? (
            <p className="notice notice-bad" role="alert">
              {errorText(t, failed)}
            </p>
          ) : null}
          {streams.length > 0 ? (
            <ul className="film-list">
              {streams.map((stream) => (
                <FilmedStreamItem
                  key={stream.id}
                  stream={stream}
                  work={work}
                  again={again}
                  isReachable={first.isReachable}
                />
              ))}
            </ul>
          ) : (
            <NoFilms films={first} />
          )}
          {films.hasNextPage ? (
            <button
              type="button"
              className="button button-plain button-wide"
              aria-disabled={films.isFetchingNextPage || undefined}
              onClick={() => void films.fetchNextPage()}
            >
              {t('channel.more')}
            </button>
          ) : null}
          <RemovedFilms removed={removed} work={work} onOver={forget} />
        </>
      ) : undefined}
    </BroadcastPanel>
  )
}

/** What holds for all of them. */
function Terms({ films }: { films: ChannelFilms }) {
  const { t } = useTranslation()
  const { isOffered, isReachable, keptDays, filmHours, streams } = films
  return (
    <>
      {isOffered ? null : <p className="notice">{t('films.noEgress')}</p>}
      {isReachable || streams.length === 0 ? null : (
        <p className="notice notice-warn">{t('films.outOfReach')}</p>
      )}
      {streams.length > 0 ? (
        <p className="dim film-terms">
          {keptDays > 0 ? t('films.keptDays', { count: keptDays }) : t('films.keptForGood')}
          {filmHours > 0 ? ` ${t('films.partsOf', { count: filmHours })}` : null}
        </p>
      ) : null}
    </>
  )
}

function NoFilms({ films: { isOffered, isByDefault } }: { films: ChannelFilms }) {
  const { t } = useTranslation()
  if (!isOffered) return null
  return (
    <div className="film-none">
      <Clapperboard size={34} strokeWidth={1.5} aria-hidden="true" />
      <p>
        <strong>{t('films.none')}</strong>
      </p>
      <p className="dim">{t(isByDefault ? 'films.noneText' : 'films.noneAsked')}</p>
      <Link to="/go-live" className="button button-primary">
        {t('films.goLive')}
      </Link>
    </div>
  )
}
