/** Who may be heard: large circles in an arc, each ringed as loud as its voice. */
import { useRef } from 'react'
import { useTranslation } from '../text/use-translation.ts'
import { SpeakerSeat } from './speaker-seat.tsx'
import type { FloorView } from './use-floor.ts'
import { useSeatArc } from './use-seat-arc.ts'
import { useVoiceLevels } from './use-voice-levels.ts'

interface SpeakerArcProps {
  view: FloorView
  hostPicture: string
  /** The channel's handle: an account and its channel wear the same colour. */
  handle: string
}

export function SpeakerArc({ view, hostPicture, handle }: SpeakerArcProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const { speakers } = view.floor
  const { size, seatWidth, seatHeight, height, places } = useSeatArc(box, speakers.length)
  useVoiceLevels(view.room, list)
  return (
    <div ref={box} className="arc">
      {speakers.length === 0 ? <p className="arc-empty">{t('floor.nobody')}</p> : null}
      <ul ref={list} className="arc-seats" style={{ height }} aria-label={t('floor.speakers')}>
        {speakers.map((speaker, index) => {
          const { x, top } = places[index] ?? { x: 0, top: 0 }
          const isHost = speaker.seat === 0
          return (
            <li
              key={speaker.id}
              className="seat"
              data-speaker={speaker.id}
              style={{ left: x - seatWidth / 2, top, width: seatWidth, height: seatHeight }}
            >
              <SpeakerSeat
                speaker={speaker}
                view={view}
                size={size}
                faceId={isHost ? handle : speaker.id}
                picture={isHost ? hostPicture : undefined}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
