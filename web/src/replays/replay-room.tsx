/** A past stream's room as it was: stage, chat and figures of a moment, and the bar to move. */
import type { LiveReplay, Stream } from '@odeon/sdk'
import { Eye, Play } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { errorText } from '../frame/refusal-text.ts'
import { phone, useMedia } from '../frame/use-media.ts'
import { Afterwards } from '../live/stage-playbill.tsx'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { ReplayBar } from './replay-bar.tsx'
import { ReplayChat } from './replay-chat.tsx'
import { useReplayKeys } from './use-replay-keys.ts'
import { useReplayState, useStatus } from './use-replay.ts'

interface ReplayRoomProps {
  replay: LiveReplay
  stream: Stream
  /** Whose stage it was, and what can be done with the stream itself. */
  header: ReactNode
}

export function ReplayRoom({ replay, stream, header }: ReplayRoomProps) {
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

  const bar = <ReplayBar replay={replay} onToggle={toggle} onSeek={seek} />
  return (
    <div className="room replay" data-phase="live" data-replay={status} data-chat="shown">
      <h1 className="unseen">{t('replay.label')}</h1>
      <div className="room-stage">
        <section className="room-picture" aria-label={t('live.stage')}>
          <ReplayStage replay={replay} stream={stream} onPlay={toggle} />
          {failure === undefined ? null : (
            <p className="notice notice-bad replay-failure" role="alert">
              {errorText(t, failure)}
            </p>
          )}
        </section>
        {isPhone ? null : bar}
        {header}
      </div>
      <ReplayChat replay={replay}>{isPhone ? bar : null}</ReplayChat>
    </div>
  )
}

interface ReplayStageProps {
  replay: LiveReplay
  stream: Stream
  onPlay: () => void
}

function ReplayStage({ replay, stream, onPlay }: ReplayStageProps) {
  const { t } = useTranslation()
  const { status } = useStatus(replay)
  const drawing = useRef<CrowdDrawing>(null)
  const viewers = useReplayState(replay, (state) => state.viewerCount)
  const messages = useReplayState(replay, (state) => state.metrics.messagesPerMinute)
  const reactions = useReplayState(replay, (state) => state.metrics.reactionsPerMinute)
  const isKnown = useReplayState(replay, () => replay.isStateKnown)
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
    <>
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
      {status === 'paused' ? (
        <button
          type="button"
          className="replay-start"
          aria-label={t('replay.play')}
          onClick={onPlay}
        >
          <Play size={34} fill="currentColor" aria-hidden="true" />
        </button>
      ) : null}
    </>
  )
}
