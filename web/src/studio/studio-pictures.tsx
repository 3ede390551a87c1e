/** The pictures on the host's stage before the start: the own camera, and guests who are early. */
import type { LiveConnection, MediaPerson, MediaSource } from '@odeon/sdk'
import { useCallback, useMemo, useRef } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { useSpeaking } from '../stage/use-speaking.ts'
import { useTranslation } from '../text/use-translation.ts'
import { facesPerson } from './devices/device-options.ts'
import { MovingPicture, showStream } from './moving-picture.tsx'
import type { AirView } from './on-air.ts'

/** An encoder, or another tab, sends the host's picture. */
export function hasOtherPicture(view: AirView): boolean {
  return !view.isOnAir && (view.self?.sources.has('camera') ?? false)
}

interface OwnPictureProps {
  stream: MediaStream
  onFrames?: (frames: number, element: HTMLVideoElement) => void
}

/** What this page's own camera sees, before anybody else does. */
export function OwnPicture({ stream, onFrames }: OwnPictureProps) {
  const { t } = useTranslation()
  const show = useMemo(() => showStream(stream), [stream])
  return (
    <MovingPicture
      show={show}
      name={t('studio.yourPicture')}
      isMirrored={facesPerson(stream.getVideoTracks()[0])}
      {...(onFrames && { onFrames })}
    />
  )
}

interface SentPictureProps {
  room: LiveConnection
  userId: string
  source: MediaSource
  name: string
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

/** Guests who send a picture: the host sees with whom they will be on stage. */
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
