/** A past stream of which there is a film and no replay: the film, and what the stream came to. */
import type { Film, Stream } from '@odeon/sdk'
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { phone, useMedia } from '../frame/use-media.ts'
import { clockOf } from '../frame/clock.ts'
import { Afterwards } from '../live/stage-playbill.tsx'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { ReplayBar } from '../replays/replay-bar.tsx'
import { ReplayStart } from '../replays/replay-start.tsx'
import { useFullStage } from '../replays/use-full-stage.ts'
import { useReplayKeys } from '../replays/use-replay-keys.ts'
import { FilmAlone } from './film-alone.ts'
import { FilmPlayer } from './film-player.tsx'
import type { Projector } from './projector.ts'

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
  const isPhone = useMedia(phone)
  const picture = useRef<HTMLElement>(null)
  const isFull = useFullStage(picture)
  const { alone, make, toggle, seek } = useFilmAlone(film?.durationMs ?? 0)
  const bar = alone ? <ReplayBar replay={alone} onToggle={toggle} onSeek={seek} /> : null
  return (
    <div className="room film-room" data-phase="live" data-chat="shown" data-film>
      <h1 className="unseen">{t('films.of', { title })}</h1>
      <div className="room-stage">
        <section ref={picture} className="room-picture" aria-label={t('live.stage')}>
          {film?.isSound ? (
            <Stage
              channelId={channel.handle}
              hostName={name}
              picture={channel.avatarUrl}
              phase="live"
              viewers={0}
            />
          ) : null}
          {film ? (
            <FilmPlayer
              key={film.id}
              film={film}
              title={title}
              onRenew={onRenew}
              stage={picture}
              onToggle={toggle}
              onMade={make}
            />
          ) : null}
          <div className="facts room-facts">
            <span className="fact">{t('films.badge')}</span>
          </div>
          {alone ? <ReplayStart replay={alone} onPlay={toggle} /> : null}
          {isFull ? bar : null}
        </section>
        {isFull || isPhone ? null : bar}
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
        {isPhone && !isFull ? bar : null}
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

/** What the bar plays; nothing until the film has a screen. */
function useFilmAlone(durationMs: number) {
  const [projector, make] = useState<Projector>()
  const alone = useMemo(
    () => projector && new FilmAlone(projector, durationMs),
    [projector, durationMs],
  )
  const toggle = useCallback(() => {
    if (alone?.status === 'playing') alone.pause()
    else alone?.play()
  }, [alone])
  const seek = useCallback((ms: number) => void alone?.seek(ms), [alone])
  useReplayKeys(alone, toggle, seek)
  return { alone, make, toggle, seek }
}
