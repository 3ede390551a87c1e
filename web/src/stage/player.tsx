/** The picture over the stage: who is seen and heard, and what one may do about it. */
import type { LiveConnection } from '@odeon/sdk'
import { Volume2, VideoOff } from 'lucide-react'
import { type RefObject, useEffect, useMemo } from 'react'
import { Mark } from '../frame/mark.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { GuestStage } from '../guests/guest-stage.tsx'
import { PlayerControls } from './player-controls.tsx'
import { PlayerFace } from './player-face.tsx'
import { seatingOf } from './seating.ts'
import { useMediaFact } from './use-media-fact.ts'

interface PlayerProps {
  room: LiveConnection
  hostName: string
  /** What fills the screen. */
  stage: RefObject<HTMLElement | null>
}

const nobody = new Map<string, never>()

export function Player({ room, hostName, stage }: PlayerProps) {
  const { media, you } = room
  const speakers = useRoomState(room, (state) => state.floor?.speakers) ?? nobody
  const hasEncoder = useRoomState(room, ({ floor }) => (floor?.encoder.since ?? 0) > 0)
  const status = useMediaFact(media, (now) => now.status)
  const people = useMediaFact(media, (now) => now.people)
  useListening(room)
  const seating = useMemo(
    () => seatingOf({ speakers, people, hostName, mayStand: hasEncoder }),
    [speakers, people, hostName, hasEncoder],
  )
  const { main, beside, places, isScreen } = seating
  const isOn = status === 'on' && people.size > 0
  const hasPicture = isOn && (isScreen || [main, ...beside].some((face) => face?.hasPicture))
  const isSeen = isScreen || main?.hasPicture === true
  return (
    <>
      <div className="player" data-on={isOn || undefined} data-seen={(isOn && isSeen) || undefined}>
        {isOn && main ? (
          <div className="player-faces" data-places={beside.length > 0 ? places : undefined}>
            <PlayerFace
              media={media}
              face={main}
              isMain
              isScreen={isScreen}
              isOwn={main.userId === you.id}
              key="main"
            />
            {beside.length > 0 ? (
              <div className="player-beside">
                {beside.map((face) => (
                  <PlayerFace
                    key={face.userId}
                    media={media}
                    face={face}
                    isOwn={face.userId === you.id}
                  />
                ))}
              </div>
            ) : null}
          </div>
        ) : null}
        <PlayerWords room={room} />
        <PlayerControls media={media} stage={stage} hasPicture={hasPicture} />
      </div>
      <GuestStage room={room} />
    </>
  )
}

/** How it stands with the media, said in the picture; nothing while all is well. */
function PlayerWords({ room: { media } }: { room: LiveConnection }) {
  const { t } = useTranslation()
  const status = useMediaFact(media, (now) => now.status)
  const isBlocked = useMediaFact(media, (now) => now.isSoundBlocked)
  if (status === 'connecting') {
    return (
      <p className="player-words" role="status">
        <Mark size={36} waiting />
        <span className="unseen">{t('player.connecting')}</span>
      </p>
    )
  }
  if (status === 'reconnecting' || status === 'unavailable') {
    return (
      <p className="player-words player-away" role="status">
        <VideoOff size={18} aria-hidden="true" />
        {status === 'unavailable' ? t('player.away') : t('player.comingBack')}
      </p>
    )
  }
  if (!isBlocked) return null
  return (
    <button
      type="button"
      className="button button-primary player-words player-hear"
      onClick={() => void media.unblockSound()}
    >
      <Volume2 size={18} aria-hidden="true" />
      {t('player.hear')}
    </button>
  )
}

/** In the media while this is shown; leaving the room leaves them. */
function useListening({ media }: LiveConnection): void {
  useEffect(() => {
    // What it is refused with, its status says.
    media.listen().catch(() => undefined)
  }, [media])
}
