/** How loud the host is: of the microphone here, or of what is sent. */
import { useCallback, useMemo } from 'react'
import { beatMs } from '../frame/beat.ts'
import type { LevelSource } from './devices/level-meter.tsx'
import { watchLevel } from './devices/watch-level.ts'
import type { AirView, OnAir } from './on-air.ts'

/** Somebody who speaks is heard, however the media weigh it. */
const speakingLevel = 0.3

/** Before: the microphone itself. On the air: what the media hear of it. */
export function useLevelSource(air: OnAir, view: AirView): LevelSource | null {
  const { room } = air
  const { stream } = view.microphone
  const isSent = view.isOnAir && view.sending.has('microphone')
  const isMuted = view.self?.muted.has('microphone') ?? false
  const local = useMemo<LevelSource | null>(
    () => (stream ? (hear) => watchLevel(stream, hear) : null),
    [stream],
  )
  const sent = useCallback<LevelSource>(
    (hear) => {
      const timer = setInterval(() => {
        const { level = 0, isSpeaking = false } = room.media.people.get(room.you.id) ?? {}
        hear(isSpeaking ? Math.max(level, speakingLevel) : level)
      }, beatMs)
      return () => clearInterval(timer)
    },
    [room],
  )
  if (!view.isOnAir) return local
  return isSent && !isMuted ? sent : null
}
