/** Films that were removed a moment ago, each with its way back for as long as there is one. */
import { useEffect, useRef, useState } from 'react'
import { useNow } from '../../frame/use-now.ts'
import { useTranslation } from '../../text/use-translation.ts'
import type { FilmWork, RemovedFilm } from './use-films.ts'

/** As long as the server keeps one. */
const backMs = 30_000

interface RemovedFilmsProps {
  removed: readonly RemovedFilm[]
  work: FilmWork
  onOver: (id: string) => void
}

export function RemovedFilms({ removed, work, onOver }: RemovedFilmsProps) {
  return (
    <div className={removed.length > 0 ? 'said film-removed' : 'unseen'}>
      {removed.map((one) => (
        <RemovedFilmLine
          key={one.film.id}
          removed={one}
          work={work}
          onOver={() => onOver(one.film.id)}
        />
      ))}
    </div>
  )
}

function RemovedFilmLine(props: { removed: RemovedFilm; work: FilmWork; onOver: () => void }) {
  const { removed, work, onOver } = props
  const { t } = useTranslation()
  const now = useNow(1_000)
  const [until] = useState(now + backMs)
  const leftS = Math.ceil((until - now) / 1_000)
  const back = useRef<HTMLButtonElement>(null)
  const isOver = leftS <= 0
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  // The row that was asked is gone, and the focus with it.
  useEffect(() => back.current?.focus({ preventScroll: true }), [])
  return (
    <p>
      <span role="status">{t('films.removed', { title: removed.stream.title })}</span>{' '}
      <button
        ref={back}
        type="button"
        className="link-button"
        // Disabled it could not take the focus, and it may come before the removal is through.
        aria-disabled={work.isPending || undefined}
        onClick={() => {
          if (!work.isPending) work.mutate({ ...removed, isRemoved: false })
        }}
      >
        {t('films.undo')}
      </button>{' '}
      <span className="figures film-left" aria-hidden="true">
        {t('films.left', { seconds: Math.max(0, leftS) })}
      </span>
    </p>
  )
}
