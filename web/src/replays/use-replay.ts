/** What of a replay is drawn again when it changes, and only then. */
import type { LiveReplay, LiveSnapshot } from '@odeon/sdk'
import { useSyncExternalStore } from 'react'
import type { Playable } from './playable.ts'

/** `select` must pick what is there, not build something new. */
export function useReplayState<Value>(
  replay: LiveReplay,
  select: (state: LiveSnapshot) => Value,
): Value {
  return useSyncExternalStore(replay.onState, () => select(replay.state))
}

/** Ms since the start, in steps of `everyMs`. */
export function usePosition(replay: Playable, everyMs: number): number {
  return useSyncExternalStore(replay.onPosition, () => {
    const { position, duration } = replay
    return position >= duration ? duration : Math.floor(position / everyMs) * everyMs
  })
}

export function useStatus(replay: Playable) {
  const status = useSyncExternalStore(replay.onStatus, () => replay.status)
  const speed = useSyncExternalStore(replay.onStatus, () => replay.speed)
  return { status, speed }
}
