/** What a replay is made of, and its figures. */
import type { LiveEvents } from '@odeon/rooms/protocol'
import type { HistoryPage, HistoryQuery } from '../streams/streams.ts'
import type { World } from '../world.ts'
import type { Recording } from './recording.ts'
import type { ReplayFacts } from './reel.ts'

export interface LiveReplayOptions {
  streamId: string
  recording: Recording
  facts: ReplayFacts
  history: (query: HistoryQuery) => Promise<HistoryPage<LiveEvents>>
  world: World
}

export const replayLimits = {
  speedMin: 0.25,
  speedMax: 4,
  tickMs: 100,
  /** What is played within so long at its own speed is fetched. */
  aheadMs: 20_000,
  retryMs: 2_000,
} as const

/** Throws `RangeError` for a speed that there is not. */
export function demandSpeed(speed: number): void {
  const { speedMin, speedMax } = replayLimits
  if (speed >= speedMin && speed <= speedMax) return
  throw new RangeError(`speed must be from ${speedMin} to ${speedMax}, not ${String(speed)}`)
}
