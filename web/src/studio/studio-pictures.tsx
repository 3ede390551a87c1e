/** The pictures on the host's stage: the own camera, the own screen, and guests beside them. */
import type { LiveConnection, MediaPerson, MediaSource } from '@odeon/sdk'
import { useCallback, useMemo, useRef } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { useSpeaking } from '../stage/use-speaking.ts'
import { useTranslation } from '../text/use-translation.ts'
import { facesPerson } from './devices/device-options.ts'
import { MovingPicture, showStream } from './moving-picture.tsx'
import type { AirView } from './on-air.ts'

interface OwnPicturesProps {
  room: LiveConnection
  view: AirView
  onFrames?: (frames: number, element: HTMLVideoElement) => void
}

/** An encoder, or another tab, sends the host's picture. */
export function hasOtherPicture(view: AirView): boolean {
  return !view.isOnAir && (view.self?.sources.has('camera') ?? false)
}

/** Whether there is anything of one's own to see. */
export function hasOwnPicture(view: AirView): boolean {
  if (!view.isOnAir) return view.camera.stream !== null || hasOtherPicture(view)
  return view.sending.has('camera') || view.sending.has('screen_share')
}

/** The screen is large when it is shared, with the camera in its corner. */
export function OwnPictures({ room, view, onFrames }: OwnPicturesProps) {
  const { t } = useTranslation()
  const { id } = room.you
  const { stream } = view.camera
  const showLocal = useMemo(() => (stream ? showStream(stream) : undefined), [stream])
  if (hasOtherPicture(view)) {
    const name = t('studio.yourPicture')
    return <SentPicture room={room} userId={id} source="camera" name={name} isWhole />
  }
  if (!view.isOnAir) {
    if (!stream || !showLocal) return null
    return (
      <MovingPicture
        show={showLocal}
        name={t('studio.yourPicture')}
        isMirrored={facesPerson(stream.getVideoTracks()[0])}
        {...(onFrames && { onFrames })}
      />
    )
  }
  const hasScreen = view.sending.has('screen_share')
  return (
    <>
      {hasScreen ? (
        <SentPicture
          room={room}
          userId={id}
          source="screen_share"
          name={t('studio.yourScreen')}
          isWhole
        />
      ) : null}
      {view.sending.has('camera') ? (
        <SentPicture
          room={room}
          userId={id}
          source="camera"
          name={t('studio.yourPicture')}
          className={hasScreen ? 'own-corner' : ''}
          isMirrored={facesPerson(room.media.ownTrack('camera'))}
        />
      ) : null}
    </>
  )
}

interface SentPictureProps {
  room: LiveConnection
  userId: string
  source: MediaSource
  name: string
  className?: string
  isMirrored?: boolean
  isWhole?: boolean
}

/** As the media carry it. */
function SentPicture({ room, userId, source, ...look }: SentPictureProps) {
  const show = useCallback(
    (element: HTMLVideoElement) => room.media.attach(userId, source, element),
    [room, userId, source],
  )
  return <MovingPicture show={show} {...look} />
}

/** Guests who send a picture: the host sees with whom they are on stage. */
export function GuestPictures({ room }: { room: LiveConnection }) {
  useRoomState(room, (state) => state.floor)
  const { media, floor, you } = room
  const guests = floor.speakers.flatMap(({ id, name }) => {
    const source = id === you.id ? undefined : shownBy(media.people.get(id))
    return source ? [{ id, name, source }] : []
  })
  if (guests.length === 0) return null
  return (
    <ul className="guest-pictures">
      {guests.map(({ id, name, source }) => (
        <GuestPicture key={id} room={room} userId={id} name={name} source={source} />
      ))}
    </ul>
  )
}

/** A screen, else a camera. */
function shownBy(person: MediaPerson | undefined): 'screen_share' | 'camera' | undefined {
  const { sources, muted } = person ?? {}
  if (sources?.has('screen_share')) return 'screen_share'
  return sources?.has('camera') && !muted?.has('camera') ? 'camera' : undefined
}

interface GuestPictureProps {
  room: LiveConnection
  userId: string
  name: string
  source: 'screen_share' | 'camera'
}

function GuestPicture({ room, userId, name, source }: GuestPictureProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLLIElement>(null)
  useSpeaking(room.media, userId, box)
  const label = t('studio.guestPicture', { name })
  return (
    <li ref={box}>
      <SentPicture
        room={room}
        userId={userId}
        source={source}
        name={label}
        isWhole={source === 'screen_share'}
      />
      <span aria-hidden="true">{name}</span>
    </li>
  )
}
