/** The stage of a past stream at the moment that is played: its film, or else the theatre. */
import type { Film, LiveReplay, Stream } from '@odeon/sdk'
import { Eye } from 'lucide-react'
import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { filmAt } from '../films/film-at.ts'
import { FilmPlayer } from '../films/film-player.tsx'
import { Afterwards } from '../live/stage-playbill.tsx'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { ReplayStart } from './replay-start.tsx'
import { useReplayState, useStatus } from './use-replay.ts'

interface ReplayStageProps {
  replay: LiveReplay
  stream: Stream
  films: readonly Film[]
  onRenew: (filmId: string) => Promise<Film | undefined>
  onPlay: () => void
  /** What fills the screen. */
  stage: RefObject<HTMLElement | null>
}

export function ReplayStage(props: ReplayStageProps) {
  const { replay, stream, films, onRenew, onPlay, stage } = props
  const { status } = useStatus(replay)
  const covering = useSyncExternalStore(replay.onPosition, () =>
    filmAt(films, replay.startedAt + replay.position),
  )
  const film = status === 'ended' ? undefined : covering
  const player = film ? (
    <FilmPlayer
      film={film}
      title={stream.title}
      replay={replay}
      onRenew={onRenew}
      stage={stage}
      onToggle={onPlay}
    />
  ) : null
  return (
    <>
      {film?.isSound === false ? null : <Theatre replay={replay} stream={stream} />}
      {player}
      <Facts replay={replay} />
      <ReplayStart replay={replay} onPlay={onPlay} />
    </>
  )
}

function Theatre({ replay, stream }: { replay: LiveReplay; stream: Stream }) {
  const { status } = useStatus(replay)
  const drawing = useRef<CrowdDrawing>(null)
  const viewers = useReplayState(replay, (state) => state.viewerCount)
  const messages = useReplayState(replay, (state) => state.metrics.messagesPerMinute)
  const reactions = useReplayState(replay, (state) => state.metrics.reactionsPerMinute)
  useEffect(
    () =>
      replay.on('chat.posted', ({ from }, { replayed }) => {
        if (!replayed) drawing.current?.speak(hashOf(from.id), namePair(from.id)[1])
      }),
    [replay],
  )
  const { channel, id, endedAt } = stream
  const hostName = channel.name
  const isOver = status === 'ended'
  return (
    <Stage
      channelId={channel.handle}
      hostName={hostName}
      picture={channel.avatarUrl}
      phase={isOver ? 'ended' : 'live'}
      viewers={viewers}
      energy={0.25 + 0.75 * (1 - Math.exp(-(messages + reactions * 0.25) / 60))}
      drawing={drawing}
    >
      {isOver ? (
        <Afterwards streamId={id} stream={stream} hostName={hostName} endedAt={endedAt ?? 0} />
      ) : null}
    </Stage>
  )
}

function Facts({ replay }: { replay: LiveReplay }) {
  const { t } = useTranslation()
  const viewers = useReplayState(replay, (state) => state.viewerCount)
  const isKnown = useReplayState(replay, () => replay.isStateKnown)
  return (
    <div className="facts room-facts">
      <span className="fact">{t('replay.badge')}</span>
      <span className="fact" data-viewers={viewers}>
        <Eye size={15} aria-hidden="true" />
        <span className="figures" aria-hidden="true">
          {viewers}
        </span>
        <span className="unseen">{t('live.viewers', { count: viewers })}</span>
      </span>
      {isKnown ? null : <span className="fact replay-hole">{t('replay.hole')}</span>}
    </div>
  )
}
