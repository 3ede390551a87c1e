/** The stage as viewers have it, large: the host's picture, or the theatre while there is none. */
import type { LiveConnection } from '@odeon/sdk'
import { useEffect, useRef } from 'react'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { ConnectionStrip } from '../live/connection-strip.tsx'
import { RoomFacts } from '../live/room-facts.tsx'
import { Playbill } from '../live/stage-playbill.tsx'
import { useConnection } from '../live/use-connection.ts'
import { useRoomState } from '../live/use-room-state.ts'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { AirView } from './on-air.ts'
import { GuestPictures, hasOtherPicture, hasOwnPicture, OwnPictures } from './studio-pictures.tsx'

interface StudioPreviewProps {
  room: LiveConnection
  view: AirView
  onFrames: (frames: number, element: HTMLVideoElement) => void
}

export function StudioPreview({ room, view, onFrames }: StudioPreviewProps) {
  const { t } = useTranslation()
  const connection = useConnection(room)
  const hasPicture = hasOwnPicture(view)
  const phase = useRoomState(room, (state) => state.phase)
  const isSent = view.isOnAir || hasOtherPicture(view)
  const isSeen = isSent && hasPicture && phase === 'live'
  return (
    <>
      <ConnectionStrip
        isAway={connection.status !== 'live'}
        retryAtMs={connection.retryAtMs}
        onTryNow={() => room.tryNow()}
      />
      <section
        className="studio-preview"
        aria-label={t('studio.preview')}
        data-picture={hasPicture || undefined}
      >
        {hasPicture ? (
          <OwnPictures room={room} view={view} onFrames={onFrames} />
        ) : (
          <BareStage room={room} />
        )}
        <GuestPictures room={room} />
        <RoomFacts room={room} />
        {hasPicture ? (
          <p className="fact picture-fact" data-seen={isSeen || undefined}>
            {isSeen ? t('studio.onAir') : t('studio.onlyYou')}
          </p>
        ) : null}
      </section>
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
