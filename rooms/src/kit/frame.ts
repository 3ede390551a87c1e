/**
 * One tick of a room's output. The stage emits it once; sinks carry it on: to the sockets of this
 * process, and, when they come, to relays, the recovery tail and the recorder.
 */
import type { LogEntry } from './room-log.ts'

export interface Frame {
  readonly epoch: number
  /** Highest seq of the log after this frame. */
  readonly head: number
  readonly entries: readonly LogEntry[]
  /** State patch as a ready WebSocket frame, or undefined when the state stood still. */
  readonly patch: Buffer | undefined
  /** Patch and entries as WebSocket frames, concatenated: what each socket gets, unchanged. */
  readonly chunk: Buffer
}

/** Takes frames in order. Must not block and must not change the bytes. */
export interface FrameSink {
  frame(frame: Frame): void
}
