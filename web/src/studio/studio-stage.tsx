/** The middle of the desk: the picture, its switches, the checks, and what the stream is called. */
import type { ReactNode } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { DevicePanel } from './device-panel.tsx'
import { useHearing } from './devices/level-meter.tsx'
import { AirNotes } from './air-notes.tsx'
import type { AirView, OnAir } from './on-air.ts'
import { Preflight, usePreflight } from './preflight.tsx'
import { StreamFactsForm } from './stream-facts-form.tsx'
import { StudioAir } from './studio-air.tsx'
import { Engagement } from './studio-figures.tsx'
import { StudioPreview } from './studio-preview.tsx'
import { useLevelSource } from './use-level-source.ts'
import { useHasMedia } from './use-on-air.ts'
import { usePictureFacts } from './use-picture-facts.ts'

interface StudioStageProps {
  air: OnAir
  view: AirView
  /** Between the switches and the rest. */
  children: ReactNode
}

export function StudioStage({ air, view, children }: StudioStageProps) {
  const { room } = air
  const phase = useRoomState(room, (state) => state.phase)
  const hasMedia = useHasMedia(room)
  const { facts: picture, see } = usePictureFacts(view.camera.stream)
  const hearing = useHearing(useLevelSource(air, view))
  const way = !hasMedia || view.status === 'unavailable' ? 'away' : wayOf(view)
  const { camera, microphone } = view
  const encoder = useRoomState(room, (state) => state.floor?.encoder)
  const media = { camera, microphone, picture, heard: hearing.heard, way, encoder } as const
  const { checks, isHeld } = usePreflight(room, media)
  return (
    <>
      <StudioPreview room={room} view={view} onFrames={see} />
      <StudioAir air={air} view={view} isHeld={isHeld} isAway={way === 'away'} />
      <AirNotes air={air} view={view} phase={phase} hasMedia={hasMedia} />
      {children}
      <DevicePanel air={air} view={view} hearing={hearing} />
      {phase === 'pending' ? <Preflight checks={checks} /> : null}
      <StreamFactsForm room={room} />
      {phase === 'live' ? <Engagement streamId={room.streamId} state="live" /> : null}
    </>
  )
}

function wayOf({ status }: AirView): 'good' | 'wait' {
  return status === 'on' ? 'good' : 'wait'
}
