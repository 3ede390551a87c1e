/** What the owner of a film can do with it beside the stream it is of. */
import type { Film, Films } from '@odeon/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Globe, Lock } from 'lucide-react'
import { errorText } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { filmsKey, isMaking } from './use-stream-films.ts'

export function FilmTools({ streamId, films }: { streamId: string; films: Films | undefined }) {
  const { t } = useTranslation()
  const publish = usePublish(streamId)
  if (!films?.isOwner) return null
  const { films: all } = films
  if (all.length === 0) {
    if (!isMaking(films)) return null
    return (
      <p className="film-note dim" role="status">
        {t('films.making')}
      </p>
    )
  }
  const isPublished = all.every((film) => film.isPublished)
  return (
    <>
      <button
        type="button"
        className="button button-plain tool film-tool"
        aria-pressed={isPublished}
        title={t(isPublished ? 'films.isPublic' : 'films.isPrivate')}
        disabled={publish.isPending}
        onClick={() => publish.mutate({ films: all, isPublished: !isPublished })}
      >
        {isPublished ? (
          <Globe size={18} aria-hidden="true" />
        ) : (
          <Lock size={18} aria-hidden="true" />
        )}
        <span>{t(isPublished ? 'films.unpublish' : 'films.publish')}</span>
      </button>
      <p className={publish.error || publish.isSuccess ? 'said' : 'unseen'} role="status">
        {publish.error ? errorText(t, publish.error) : null}
        {publish.isSuccess ? t(isPublished ? 'films.isPublic' : 'films.isPrivate') : null}
      </p>
    </>
  )
}

function usePublish(streamId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ films, isPublished }: { films: readonly Film[]; isPublished: boolean }) =>
      Promise.all(
        films.map(({ id }) => odeon.channels.outputs.changeFilm(streamId, id, { isPublished })),
      ),
    onSuccess: (changed) => {
      queries.setQueryData<Films>(
        filmsKey(streamId),
        (now) =>
          now && {
            ...now,
            films: now.films.map((film) => ({
              ...film,
              isPublished:
                changed.find(({ id }) => id === film.id)?.isPublished ?? film.isPublished,
            })),
          },
      )
    },
  })
}
