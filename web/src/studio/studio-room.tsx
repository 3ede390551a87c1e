/** The desk around a room that is open: stage and air in the middle, crew left, chat right. */
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
import { Preflight, usePreflight } from './preflight.tsx'
import { StreamFactsForm } from './stream-facts-form.tsx'
import { StudioAir } from './studio-air.tsx'
import { Engagement } from './studio-figures.tsx'
import { StudioPreview } from './studio-preview.tsx'

interface StudioRoomProps {
  presence: Presence
  onEnterAgain: () => void
  /** Shown in place of the desk once the stream is over. */
  after: ReactNode
  children: ReactNode
}

const parts = ['stage', 'chat', 'crew'] as const
type Part = (typeof parts)[number]
const partNames = { stage: 'tabStage', chat: 'tabChat', crew: 'tabCrew' } as const

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
  const { checks, isHeld } = usePreflight(room)

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
  return (
    <div className="studio" data-phase={phase} data-part={isNarrow ? part : undefined}>
      <h1 className="unseen">{t('studio.title')}</h1>
      {isNarrow ? <PartChoice part={part} onChoose={setPart} /> : null}
      <div className="studio-stage" hidden={!shows('stage')}>
        <StudioPreview room={room} />
        <StudioAir room={room} isHeld={isHeld} />
        {phase === 'pending' ? <Preflight checks={checks} /> : null}
        <StreamFactsForm room={room} />
        {phase === 'live' ? <Engagement streamId={room.streamId} state="live" /> : null}
        {children}
      </div>
      {shows('crew') ? (
        <div className="studio-crew">
          <CrewPanel feed={feed} />
        </div>
      ) : null}
      {shows('chat') ? (
        <div className="studio-chat">
          <RoomChat feed={feed} phase={phase} fieldRef={field} onHide={() => setPart('stage')} />
        </div>
      ) : null}
    </div>
  )
}

function PartChoice({ part, onChoose }: { part: Part; onChoose: (part: Part) => void }) {
  const { t } = useTranslation()
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
        </Radio>
      ))}
    </RadioGroup>
  )
}
