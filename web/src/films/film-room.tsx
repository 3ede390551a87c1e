/** A past stream of which there is a film and no replay: the film, and what the stream came to. */
import type { Film, Stream } from '@odeon/sdk'
import { type ReactNode, useState } from 'react'
import { clockOf } from '../frame/when.ts'
import { Afterwards } from '../live/stage-playbill.tsx'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { FilmPlayer } from './film-player.tsx'

interface FilmRoomProps {
  stream: Stream
  /** At least one. */
  films: readonly Film[]
  onRenew: (id: string) => Promise<Film | undefined>
  header: ReactNode
  /** Why there is no replay. */
  note: ReactNode
}

export function FilmRoom({ stream, films, onRenew, header, note }: FilmRoomProps) {
  const { t } = useTranslation()
  const [chosen, choose] = useState(films[0]?.id)
  const { id, channel, title, endedAt } = stream
  const film = films.find((one) => one.id === chosen) ?? films[0]
  const name = channel.name
  return (
    <div className="room film-room" data-phase="live" data-chat="shown" data-film>
      <h1 className="unseen">{t('films.of', { title })}</h1>
      <div className="room-stage">
        <section className="room-picture" aria-label={t('live.stage')}>
          {film?.isSound ? (
            <Stage
              channelId={channel.handle}
              hostName={name}
              picture={channel.avatarUrl}
              phase="live"
              viewers={0}
            />
          ) : null}
          {film ? <FilmPlayer key={film.id} film={film} title={title} onRenew={onRenew} /> : null}
          <div className="facts room-facts">
            <span className="fact">{t('films.badge')}</span>
          </div>
        </section>
        {films.length > 1 ? (
          <div className="film-parts" role="group" aria-label={t('films.parts')}>
            {films.map((one, index) => (
              <button
                key={one.id}
                type="button"
                className="button button-plain"
                aria-pressed={one === film}
                onClick={() => choose(one.id)}
              >
                {t('films.part', { number: index + 1 })}{' '}
                <span className="dim figures">{clockOf(one.durationMs)}</span>
              </button>
            ))}
          </div>
        ) : null}
        {header}
      </div>
      <aside className="room-chat film-aside" aria-label={t('films.afterwards')}>
        <Afterwards
          streamId={id}
          stream={stream}
          hostName={name}
          endedAt={endedAt ?? 0}
          note={note}
        />
      </aside>
    </div>
  )
}
