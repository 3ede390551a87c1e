/** The stage as viewers have it, large: everybody's picture, or the theatre while there is none. */
import type { LiveConnection } from '@odeon/sdk'
import { useEffect, useRef } from 'react'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { ConnectionStrip } from '../live/connection-strip.tsx'
import { RoomFacts } from '../live/room-facts.tsx'
import { Playbill } from '../live/stage-playbill.tsx'
import { useConnection } from '../live/use-connection.ts'
import { useRoomState } from '../live/use-room-state.ts'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { PlayerFaces, useSeating } from '../stage/player-faces.tsx'
import { Stage } from '../stage/stage.tsx'
import { useMediaFact } from '../stage/use-media-fact.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { AirView } from './on-air.ts'
import { GuestPictures, hasOtherPicture, OwnPicture } from './studio-pictures.tsx'

interface StudioPreviewProps {
  room: LiveConnection
  view: AirView
  onFrames: (frames: number, element: HTMLVideoElement) => void
}

export function StudioPreview({ room, view, onFrames }: StudioPreviewProps) {
  const { t } = useTranslation()
  const connection = useConnection(room)
  const { stream } = view.camera
  const isShared = useIsShared(room, view)
  return (
    <>
      <ConnectionStrip
        isAway={connection.status !== 'live'}
        retryAtMs={connection.retryAtMs}
        onTryNow={() => room.tryNow()}
      />
      <section className="studio-preview" aria-label={t('studio.preview')}>
        {isShared || !stream ? <BareStage room={room} /> : null}
        {isShared ? (
          <SharedStage room={room} view={view} />
        ) : (
          <>
            {stream ? <OwnPicture stream={stream} onFrames={onFrames} /> : null}
            <GuestPictures room={room} />
            {stream ? <p className="fact picture-fact">{t('studio.onlyYou')}</p> : null}
          </>
        )}
        <RoomFacts room={room} />
      </section>
    </>
  )
}

/** Who is on the air is seen here as viewers see them: by this page's own doing or another's. */
function useIsShared(room: LiveConnection, view: AirView): boolean {
  const phase = useRoomState(room, (state) => state.phase)
  const isCarried = useMediaFact(room.media, (now) => now.people.size > 0)
  if (view.isOnAir || hasOtherPicture(view)) return true
  return phase === 'live' && isCarried && view.camera.stream === null
}

/** The stage in the viewers' own layout, and whether it reaches them. */
function SharedStage({ room, view }: { room: LiveConnection; view: AirView }) {
  const { t } = useTranslation()
  const phase = useRoomState(room, (state) => state.phase)
  const seating = useSeating(room, room.you.name, view.sending)
  const { main, beside, isScreen } = seating
  const isSeen = isScreen || beside.length > 0 || main?.hasPicture === true
  if (!isSeen) return null
  const isReached = view.status === 'on'
  const word = phase === 'live' ? 'onAir' : 'onlyYou'
  return (
    <>
      <div className="player" data-seen>
        <PlayerFaces room={room} seating={seating} />
      </div>
      <p
        className="fact picture-fact"
        role="status"
        data-seen={(isReached && phase === 'live') || undefined}
        data-away={!isReached || undefined}
      >
        {isReached ? t(`studio.${word}`) : t('studio.notReached')}
      </p>
    </>
  )
}

function BareStage({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const drawing = useRef<CrowdDrawing>(null)
  const phase = useRoomState(room, (state) => state.phase)
  const title = useRoomState(room, (state) => state.title)
  const handle = useRoomState(room, (state) => state.channel)
  const picture = useRoomState(room, (state) => state.avatarUrl)
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const { name } = room.you
  useEffect(
    () =>
      room.on('chat.posted', ({ from }) =>
        drawing.current?.speak(hashOf(from.id), namePair(from.id)[1]),
      ),
    [room],
  )
  return (
    <Stage
      channelId={handle}
      hostName={name}
      picture={picture}
      phase={phase}
      viewers={viewers}
      drawing={drawing}
    >
      {phase === 'pending' ? (
        <Playbill title={title} by={name} note={t('live.pendingHost')} />
      ) : null}
    </Stage>
  )
}
