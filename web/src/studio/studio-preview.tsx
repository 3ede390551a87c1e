/** The stage as viewers have it, large, with what is written on it. */
import type { LiveConnection } from '@odeon/sdk'
import { useEffect, useRef } from 'react'
import { ConnectionStrip } from '../live/connection-strip.tsx'
import { RoomFacts } from '../live/room-facts.tsx'
import { Playbill } from '../live/stage-playbill.tsx'
import { useConnection } from '../live/use-connection.ts'
import { useRoomState } from '../live/use-room-state.ts'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { hashOf, namePair } from '../chat/name-colours.ts'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function StudioPreview({ room }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const drawing = useRef<CrowdDrawing>(null)
  const phase = useRoomState(room, (state) => state.phase)
  const title = useRoomState(room, (state) => state.title)
  const handle = useRoomState(room, (state) => state.channel)
  const picture = useRoomState(room, (state) => state.avatarUrl)
  const viewers = useRoomState(room, (state) => state.viewerCount)
  const { name } = room.you
  const connection = useConnection(room)
  useEffect(
    () =>
      room.on('chat.posted', ({ from }) =>
        drawing.current?.speak(hashOf(from.id), namePair(from.id)[1]),
      ),
    [room],
  )
  return (
    <>
      <ConnectionStrip
        isAway={connection.status !== 'live'}
        retryAtMs={connection.retryAtMs}
        onTryNow={() => room.tryNow()}
      />
      <section className="studio-preview" aria-label={t('studio.preview')}>
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
        <RoomFacts room={room} />
      </section>
    </>
  )
}
