/** A stream with what was made of it: each film, or how far its making is. */
import type { Film, FilmedStream } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { FileDown, Trash2 } from 'lucide-react'
import { Switch } from 'react-aria-components'
import { sizeOf } from '../../films/file-size.ts'
import { clockOf } from '../../frame/clock.ts'
import { dateOf, timeOf } from '../../frame/when.ts'
import { FilmPlate } from '../../films/film-plate.tsx'
import { isMaking } from '../../films/use-stream-films.ts'
import { type TFunction, useTranslation } from '../../text/use-translation.ts'
import type { FilmAgain, FilmWork } from './use-films.ts'

interface FilmedStreamProps {
  stream: FilmedStream
  work: FilmWork
  again: FilmAgain
  isReachable: boolean
}

export function FilmedStreamItem({ stream, work, again, isReachable }: FilmedStreamProps) {
  const { t, i18n } = useTranslation()
  const { id: streamId, title, startedAt, keptUntil, films } = stream
  return (
    <li className="filmed" aria-label={title}>
      <div className="filmed-head">
        <h3>
          <Link to="/live/$streamId" params={{ streamId }}>
            {title}
          </Link>
        </h3>
        <p className="dim">
          {dateOf(startedAt, i18n.language)}
          {keptUntil !== null && films.length > 0
            ? ` · ${t('films.keptUntil', { day: dayOf(keptUntil, i18n.language) })}`
            : null}
        </p>
      </div>
      <Making stream={stream} again={again} />
      {films.map((film, index) => (
        <FilmRow
          key={film.id}
          film={film}
          stream={stream}
          work={work}
          isReachable={isReachable}
          part={films.length > 1 ? index + 1 : undefined}
        />
      ))}
    </li>
  )
}

/** How far it is, while there is something to say about it. */
function Making({ stream, again }: Pick<FilmedStreamProps, 'stream' | 'again'>) {
  const { t, i18n } = useTranslation()
  const { filming } = stream
  if (filming === null || (!isMaking(stream) && filming.state !== 'failed')) return null
  const { state, problem } = filming
  return (
    <p className="broadcast-state" data-state={state} role="status">
      {makingText(t, stream, i18n.language)}
      {problem === '' ? null : <span className="dim">{problem}</span>}{' '}
      {state === 'failed' && stream.isLive ? (
        <button
          type="button"
          className="link-button"
          disabled={again.isPending}
          onClick={() => again.mutate(stream.id)}
        >
          {t('app.retry')}
        </button>
      ) : null}
    </p>
  )
}

function makingText(
  t: TFunction,
  { filming, isLive, films }: FilmedStream,
  language: string,
): string | null {
  if (filming === null) return null
  const { state, changedAt, refused, nextAt } = filming
  if (refused) {
    return t(`films.refused.${refused}`, { time: nextAt === null ? '' : timeOf(nextAt, language) })
  }
  if (state === 'live' && isLive) return t('films.filming', { time: timeOf(changedAt, language) })
  if (state === 'waiting' || (state === 'starting' && isLive)) return t(`films.state.${state}`)
  return t(state === 'failed' && films.length === 0 ? 'films.state.failed' : 'films.making')
}

interface FilmRowProps extends Omit<FilmedStreamProps, 'again'> {
  film: Film
  /** Which of several. */
  part: number | undefined
}

function FilmRow({ film, stream, work, isReachable, part }: FilmRowProps) {
  const { t, i18n } = useTranslation()
  const { bytes, durationMs, isPublished, link } = film
  const title =
    part === undefined ? stream.title : `${stream.title}, ${t('films.part', { number: part })}`
  const act = (change: { isPublished?: boolean; isRemoved?: boolean }) =>
    work.mutate({ film, stream, ...change })
  return (
    <div className="film-row" role="group" aria-label={t('films.of', { title })}>
      <FilmPlate film={film} stream={stream} />
      <div className="film-facts">
        <p className="figures">
          {part === undefined ? null : <strong>{t('films.part', { number: part })}</strong>}
          <span>{clockOf(durationMs)}</span>
          <span className="dim">{sizeOf(bytes, i18n.language)}</span>
        </p>
        <p className="dim">{t(isPublished ? 'films.isPublic' : 'films.isPrivate')}</p>
      </div>
      <div className="film-acts">
        <Switch
          className="mode-toggle"
          isSelected={isPublished}
          isDisabled={work.isPending}
          onChange={(next) => act({ isPublished: next })}
        >
          {t('films.public')}
          <span className="switch" aria-hidden="true" />
        </Switch>
        {link ? (
          <a
            className="button button-quiet button-icon"
            href={link.save}
            download
            aria-label={t('films.saveOf', { title })}
            title={t('films.save')}
          >
            <FileDown size={18} aria-hidden="true" />
          </a>
        ) : null}
        {isReachable ? (
          <button
            type="button"
            className="button button-quiet button-icon"
            aria-label={t('films.removeOf', { title })}
            title={t('films.remove')}
            disabled={work.isPending}
            onClick={() => act({ isRemoved: true })}
          >
            <Trash2 size={18} aria-hidden="true" />
          </button>
        ) : null}
      </div>
    </div>
  )
}

const dayOf = (at: number, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(at)
