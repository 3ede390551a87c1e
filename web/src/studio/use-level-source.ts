/** How loud the host is: of the microphone here, before it is sent and while it is. */
import { watchLevel } from '@odeon/sdk'
import { useMemo } from 'react'
import type { LevelSource } from './devices/level-meter.tsx'
import { loudnessOf } from './devices/loudness.ts'
import type { AirView, OnAir } from './on-air.ts'

export function useLevelSource({ room }: OnAir, view: AirView): LevelSource | null {
  const { stream } = view.microphone
  const isSent = view.isOnAir && view.sending.has('microphone')
  const isMuted = view.self?.muted.has('microphone') ?? false
  const local = useMemo<LevelSource | null>(() => {
    const [track] = stream?.getAudioTracks() ?? []
    return track
      ? (hear) =>
          watchLevel(
            () => track,
            (level) => hear(loudnessOf(level)),
          )
      : null
  }, [stream])
  const sent = useMemo<LevelSource>(
    () => (hear) => room.media.onLevel((level) => hear(loudnessOf(level))),
    [room],
  )
  if (!view.isOnAir) return local
  return isSent && !isMuted ? sent : null
}
