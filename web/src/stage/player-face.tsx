/** One person in the picture: what they show, their name, whether they are muted or speak. */
import type { RoomMedia } from '@odeon/sdk'
import { MicOff } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { facesPerson } from '../studio/devices/device-options.ts'
import { Avatar } from './avatar.tsx'
import type { Face } from './seating.ts'
import { useSpeaking } from './use-speaking.ts'

interface PlayerFaceProps {
  media: RoomMedia
  face: Face
  /** The first, and the large one where one is larger. */
  isMain?: boolean
  /** Nobody is beside: without a picture they are seen on the stage itself. */
  isAlone?: boolean
  /** Shows their screen instead of them. */
  isScreen?: boolean
  /** One's own: a mirror while the camera faces oneself. */
  isOwn?: boolean
}

export function PlayerFace(props: PlayerFaceProps) {
  const { media, face, isMain, isAlone = isMain, isScreen, isOwn = false } = props
  const { t } = useTranslation()
  const { userId, name, hasPicture, isMuted } = face
  const box = useRef<HTMLElement>(null)
  useSpeaking(media, userId, box)
  const isSeen = hasPicture || isScreen === true
  const label = isScreen ? t('player.screenOf', { name }) : name
  return (
    <figure
      ref={box}
      className="face"
      data-main={isMain || undefined}
      data-screen={isScreen || undefined}
      data-seen={isSeen || undefined}
    >
      {isSeen ? (
        <Picture
          media={media}
          userId={userId}
          source={isScreen ? 'screen_share' : 'camera'}
          isOwn={isOwn}
        />
      ) : null}
      {isSeen || isAlone ? null : <Avatar id={userId} name={name} size={56} />}
      <figcaption>
        <span>{label}</span>
        {isMuted && !isScreen ? (
          <MicOff size={14} role="img" aria-label={t('player.isMuted', { name })} />
        ) : null}
      </figcaption>
    </figure>
  )
}

interface PictureProps {
  media: RoomMedia
  userId: string
  source: 'camera' | 'screen_share'
  isOwn: boolean
}

function Picture({ media, userId, source, isOwn }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null)
  const [isMoving, setMoving] = useState(false)
  const [isUpright, setUpright] = useState(false)
  const isMirrored = isOwn && source === 'camera' && facesPerson(media.ownTrack('camera'))
  useEffect(() => {
    const element = video.current
    return element ? media.attach(userId, source, element) : undefined
  }, [media, userId, source])
  return (
    <>
      {isMoving ? null : <span className="skeleton face-skeleton" aria-hidden="true" />}
      <video
        ref={video}
        muted
        playsInline
        autoPlay
        aria-hidden="true"
        data-moving={isMoving || undefined}
        data-mirrored={isMirrored || undefined}
        data-upright={isUpright || undefined}
        onResize={({ currentTarget: { videoWidth, videoHeight } }) =>
          setUpright(videoHeight > videoWidth)
        }
        onPlaying={() => setMoving(true)}
        onEmptied={() => setMoving(false)}
      />
    </>
  )
}
