/** The desk around a room that is open: stage and air in the middle, guests and crew left. */
import { type ReactNode, useRef, useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useMedia } from '../frame/use-media.ts'
import { RoomChat } from '../live/room-chat.tsx'
import { RoomClosed } from '../live/room-closed.tsx'
import { useConnection } from '../live/use-connection.ts'
import type { Presence } from '../live/use-live-room.ts'
import { useRoomState } from '../live/use-room-state.ts'
import { CrewPanel } from '../moderation/crew-panel.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { GuestsPanel } from './guests-panel.tsx'
import { HealthPanel } from './health-panel.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { StudioStage } from './studio-stage.tsx'
import { useOnAir } from './use-on-air.ts'

interface StudioRoomProps {
  presence: Presence
  onEnterAgain: () => void
  /** Shown in place of the desk once the stream is over. */
  after: ReactNode
  children: ReactNode
}

const parts = ['stage', 'guests', 'chat', 'crew'] as const
type Part = (typeof parts)[number]
const partNames = {
  stage: 'tabStage',
  guests: 'tabGuests',
  chat: 'tabChat',
  crew: 'tabCrew',
} as const

/** Below this, one part of the desk at a time. */
const narrow = '(max-width: 767px)'

export function StudioRoom({ presence, onEnterAgain, after, children }: StudioRoomProps) {
  const { room, feed } = presence
  const { t } = useTranslation()
  const connection = useConnection(room)
  const phase = useRoomState(room, (state) => state.phase)
  const field = useRef<HTMLTextAreaElement>(null)
  const isNarrow = useMedia(narrow)
  const [part, setPart] = useState<Part>('stage')
  const { air, view } = useOnAir(room)

  if (phase === 'ended') {
    return (
      <div className="page">
        {after}
        {children}
      </div>
    )
  }
  if (connection.status === 'closed') return <RoomClosed room={room} onEnterAgain={onEnterAgain} />
  const shows = (name: Part) => !isNarrow || part === name
  const health = <HealthPanel room={room} view={view} />
  return (
    <div className="studio" data-phase={phase} data-part={isNarrow ? part : undefined}>
      <h1 className="unseen">{t('studio.title')}</h1>
      <LeaveGuard isOnAir={view.isOnAir} />
      {isNarrow ? <PartChoice room={room} part={part} onChoose={setPart} /> : null}
      <div className="studio-stage" hidden={!shows('stage')}>
        <StudioStage air={air} view={view}>
          {isNarrow && phase === 'live' ? health : null}
        </StudioStage>
        {children}
      </div>
      {shows('guests') || shows('crew') ? (
        <div className="studio-crew">
          {shows('guests') ? <GuestsPanel room={room} /> : null}
          {shows('crew') ? <CrewPanel feed={feed} /> : null}
        </div>
      ) : null}
      {shows('chat') ? (
        <div className="studio-chat">
          {isNarrow ? null : health}
          <RoomChat feed={feed} phase={phase} fieldRef={field} onHide={() => setPart('stage')} />
        </div>
      ) : null}
    </div>
  )
}

interface PartChoiceProps {
  room: Presence['room']
  part: Part
  onChoose: (part: Part) => void
}

function PartChoice({ room, part, onChoose }: PartChoiceProps) {
  const { t } = useTranslation()
  const waiting = useRoomState(room, (state) => state.floor?.hands.size ?? 0)
  return (
    <RadioGroup
      aria-label={t('studio.tabs')}
      className="choices studio-parts"
      orientation="horizontal"
      value={part}
      onChange={(value) => onChoose(value as Part)}
    >
      {parts.map((name) => (
        <Radio key={name} value={name} className="choice">
          {t(`studio.${partNames[name]}`)}
          {name === 'guests' && waiting > 0 ? (
            <span className="desk-count figures">{waiting}</span>
          ) : null}
        </Radio>
      ))}
    </RadioGroup>
  )
}
