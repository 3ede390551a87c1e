/** What is played along its length by the one bar: a replay, or a film without one. */
import type { LiveReplay } from '@odeon/sdk'

export type Playable = Pick<
  LiveReplay,
  | 'position'
  | 'duration'
  | 'status'
  | 'speed'
  | 'holes'
  | 'pulse'
  | 'play'
  | 'pause'
  | 'seek'
  | 'onPosition'
  | 'onStatus'
>
