/** All films of a channel, read again while one is being made, changed, removed and had back. */
import type { ChannelFilms, Film, FilmedStream } from '@odeon/sdk'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { isMaking } from '../../films/use-stream-films.ts'
import { odeon } from '../../session/odeon.ts'

const makingEveryMs = 5_000
/** Before links to save a film end. */
const linksEveryMs = 13 * 60_000

const channelFilmsKey = (handle: string) => ['channel-films', handle] as const

export function useChannelFilms(handle: string) {
  return useInfiniteQuery({
    queryKey: channelFilmsKey(handle),
    queryFn: ({ pageParam }) =>
      odeon.channels.outputs.filmsOf(handle, pageParam === '' ? {} : { before: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ next }: ChannelFilms) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ streams }) => streams.some(isMaking))
        ? makingEveryMs
        : linksEveryMs,
  })
}

export interface RemovedFilm {
  film: Film
  stream: FilmedStream
}

/** Whatever is asked of films, and those that can be had back. */
export function useFilmWork(handle: string) {
  const queries = useQueryClient()
  const [removed, setRemoved] = useState<readonly RemovedFilm[]>([])
  const forget = useCallback(
    (id: string) => setRemoved((now) => now.filter(({ film }) => film.id !== id)),
    [],
  )
  const work = useMutation({
    mutationFn: ({ stream, film, ...change }: FilmChange) =>
      odeon.channels.outputs.changeFilm(stream.id, film.id, change),
    onSuccess: (_changed, { film, stream, isRemoved }) => {
      if (isRemoved === true) setRemoved((now) => [...now, { film, stream }])
      if (isRemoved === false) forget(film.id)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: channelFilmsKey(handle) }),
  })
  const again = useMutation({
    mutationFn: (streamId: string) => odeon.channels.outputs.filmAgain(streamId),
    onSettled: () => queries.invalidateQueries({ queryKey: channelFilmsKey(handle) }),
  })
  return { work, again, removed, forget }
}

interface FilmChange extends RemovedFilm {
  isPublished?: boolean
  isRemoved?: boolean
}
export type FilmWork = ReturnType<typeof useFilmWork>['work']
export type FilmAgain = ReturnType<typeof useFilmWork>['again']
