/** What a recording looks like over HTTP. */
import { z } from 'zod'

/** `<epoch>-<number>-<beginning of its hash>`. */
export const segmentNameShape = z.string().regex(/^\d{1,9}-\d{1,9}-[0-9a-f]{16}$/)

const segmentView = z.object({
  name: segmentNameShape,
  epoch: z.number(),
  /** Unix ms of its beginning and of its last frame. */
  startedAt: z.number(),
  endedAt: z.number(),
  /** Numbers of the log before it and at its end. */
  headFrom: z.number(),
  head: z.number(),
  frames: z.number(),
  bytes: z.number(),
  /** What came right before it was not recorded; only what was said then is known. */
  isAfterHole: z.boolean(),
})

/**
 * `ready` can be played; `recording` will be; `none` was never recorded; `expired` was kept for its
 * time; `removed` by somebody who may; of a `lost` one the store has nothing left.
 */
export const replayView = z.object({
  status: z.enum(['ready', 'recording', 'none', 'expired', 'removed', 'lost']),
  /** Unix ms, 0 unless `ready`. */
  startedAt: z.number(),
  durationMs: z.number(),
  segments: z.array(segmentView),
  /** Names of segments that were recorded and that the store has lost: holes of it. */
  lost: z.array(segmentNameShape),
  /** What happened in each `pulseMs` since the start. */
  pulse: z.array(z.number()),
  pulseMs: z.number(),
  /** Lines that the state quotes, by id, as they read now; those taken out are absent. */
  quoted: z.record(z.string(), z.object({ text: z.string(), name: z.string() })),
})
export type ReplayView = z.output<typeof replayView>
