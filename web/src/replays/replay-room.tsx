/** A past stream's room as it was: stage, chat and figures of a moment, and the bar to move. */
import type { Film, LiveReplay, Stream } from '@odeon/sdk'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { phone, useMedia } from '../frame/use-media.ts'
import { useTranslation } from '../text/use-translation.ts'
import { ReplayBar } from './replay-bar.tsx'
import { ReplayChat } from './replay-chat.tsx'
import { ReplayStage } from './replay-stage.tsx'
import { useFullStage } from './use-full-stage.ts'
import { useReplayKeys } from './use-replay-keys.ts'
import { useStatus } from './use-replay.ts'

// Fetched with it: whoever has the one page has the other.
export { FilmRoom } from '../films/film-room.tsx'

interface ReplayRoomProps {
  replay: LiveReplay
  stream: Stream
  films: readonly Film[]
  onRenew: (filmId: string) => Promise<Film | undefined>
  /** Whose stage it was, and what can be done with the stream itself. */
  header: ReactNode
}

export function ReplayRoom({ replay, stream, films, onRenew, header }: ReplayRoomProps) {
  const { t } = useTranslation()
  const isPhone = useMedia(phone)
  const [failure, setFailure] = useState<unknown>()
  const { status } = useStatus(replay)
  const seek = useCallback(
    (ms: number) => {
      setFailure(undefined)
      replay.seek(ms).catch(setFailure)
    },
    [replay],
  )
  const toggle = useCallback(() => {
    if (replay.status === 'playing') replay.pause()
    else replay.play()
  }, [replay])
  useReplayKeys(replay, toggle, seek)

  const picture = useRef<HTMLElement>(null)
  const isFull = useFullStage(picture)
  const bar = <ReplayBar replay={replay} streamId={stream.id} onToggle={toggle} onSeek={seek} />
  const isSeen = status !== 'ended' && films.some(({ isSound }) => !isSound)
  return (
    <div
      className="room replay"
      data-phase="live"
      data-replay={status}
      data-chat="shown"
      data-film={isSeen || undefined}
    >
      <h1 className="unseen">{t('replay.label')}</h1>
      <div className="room-stage">
        <section ref={picture} className="room-picture" aria-label={t('live.stage')}>
          <ReplayStage
            replay={replay}
            stream={stream}
            films={films}
            onRenew={onRenew}
            onPlay={toggle}
            stage={picture}
          />
          {failure === undefined ? null : (
            <p className="notice notice-bad replay-failure" role="alert">
              {errorText(t, failure)}
            </p>
          )}
          {isFull ? bar : null}
        </section>
        {isPhone || isFull ? null : bar}
        {header}
      </div>
      <ReplayChat replay={replay}>{isPhone && !isFull ? bar : null}</ReplayChat>
    </div>
  )
}
