/** A recorded room for as long as a component is shown. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { LiveReplay } from '../replays/live-replay.ts'
import type { ReplayStatus } from '../replays/replay-events.ts'
import { useOdeon } from './odeon-provider.ts'

export type ReplayView =
  | { status: 'opening'; replay: undefined; error: undefined }
  | { status: 'open'; replay: LiveReplay; error: undefined }
  | { status: 'failed'; replay: undefined; error: unknown }

const opening = { status: 'opening', replay: undefined, error: undefined } as const

/**
 * Opens the recording of a stream at `at` (ms since its start) and closes it with the component.
 * Its state is read with `useStateOf(replay, select)`.
 */
export function useReplay(streamId: string, at = 0): ReplayView & { retry: () => void } {
  const odeon = useOdeon()
  const [view, show] = useState<ReplayView>(opening)
  const [tries, setTries] = useState(0)
  // Where it begins is asked once: later it is where people take it.
  const [begin] = useState(at)
  useEffect(() => {
    let isGone = false
    let opened: LiveReplay | undefined
    show(opening)
    odeon.replays.open(streamId, { at: begin }).then(
      (replay) => {
        opened = replay
        if (isGone) replay.close()
        else show({ status: 'open', replay, error: undefined })
      },
      (error: unknown) => {
        if (!isGone) show({ status: 'failed', replay: undefined, error })
      },
    )
    return () => {
      isGone = true
      opened?.close()
    }
  }, [odeon, streamId, begin, tries])
  const retry = useCallback(() => setTries((count) => count + 1), [])
  return { ...view, retry }
}

/** Where it stands, in steps of `everyMs`: what shows seconds is drawn once a second. */
export function useReplayPosition(replay: LiveReplay, everyMs = 250): number {
  const read = () => {
    const { position, duration } = replay
    return position >= duration ? duration : Math.floor(position / everyMs) * everyMs
  }
  return useSyncExternalStore(replay.onPosition, read, read)
}

export function useReplayStatus(replay: LiveReplay): { status: ReplayStatus; speed: number } {
  const status = useSyncExternalStore(
    replay.onStatus,
    () => replay.status,
    () => replay.status,
  )
  const speed = useSyncExternalStore(
    replay.onStatus,
    () => replay.speed,
    () => replay.speed,
  )
  return { status, speed }
}
