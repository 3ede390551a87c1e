/** A film as a small stage in its channel's light, with its length; it leads to where it plays. */
import type { Film, FilmedStream } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { AudioLines, CirclePlay } from 'lucide-react'
import type { CSSProperties } from 'react'
import { clockOf } from '../frame/clock.ts'
import { gelOf } from '../stage/gel.ts'
import { useTranslation } from '../text/use-translation.ts'

export function FilmPlate({ film, stream }: { film: Film; stream: FilmedStream }) {
  const { t } = useTranslation()
  const { id: streamId, startedAt, title } = stream
  const seconds = Math.max(0, Math.floor((film.startedAt - startedAt) / 1_000))
  const Icon = film.isSound ? AudioLines : CirclePlay
  return (
    <Link
      to="/live/$streamId"
      params={{ streamId }}
      search={seconds > 30 ? { t: seconds } : {}}
      className="film-plate"
      style={{ '--gel': gelOf(streamId) } as CSSProperties}
    >
      <b className="unseen">{t('films.watch', { title })}</b>
      <Icon size={22} aria-hidden="true" />
      <span className="figures" aria-hidden="true">
        {clockOf(film.durationMs)}
      </span>
    </Link>
  )
}
