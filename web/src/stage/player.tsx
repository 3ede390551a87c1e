/** The picture over the stage: who is seen and heard, and what one may do about it. */
import type { LiveConnection } from '@odeon/sdk'
import { Volume2, VideoOff } from 'lucide-react'
import { type RefObject, useEffect } from 'react'
import { Mark } from '../frame/mark.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { PlayerControls } from './player-controls.tsx'
import { PlayerFaces, useSeating } from './player-faces.tsx'
import { useMediaFact } from './use-media-fact.ts'

interface PlayerProps {
  room: LiveConnection
  hostName: string
  /** What fills the screen. */
  stage: RefObject<HTMLElement | null>
}

export function Player({ room, hostName, stage }: PlayerProps) {
  const { media } = room
  const status = useMediaFact(media, (now) => now.status)
  const people = useMediaFact(media, (now) => now.people)
  useListening(room)
  const seating = useSeating(room, hostName)
  const { main, beside, isScreen } = seating
  const isOn = status === 'on' && people.size > 0
  const hasPicture = isOn && (isScreen || [main, ...beside].some((face) => face?.hasPicture))
  const isSeen = isOn && (beside.length > 0 || isScreen || main?.hasPicture === true)
  return (
    <div className="player" data-on={isOn || undefined} data-seen={isSeen || undefined}>
      {isOn ? <PlayerFaces room={room} seating={seating} /> : null}
      <PlayerWords room={room} />
      <PlayerControls media={media} stage={stage} hasPicture={hasPicture} />
    </div>
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
