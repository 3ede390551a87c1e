/**
 * One tick of a room's output. The stage emits it once; sinks carry it on: to the sockets of this
 * process; a keeper writes it down before, for relays, successors and the recorder.
 */
import type { LogRecord } from '../ports.ts'
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
  /** The same without what slow readers may be spared, if there is any such thing in it. */
  readonly thin?: (() => Buffer) | undefined
}

/** Takes frames in order. Must not block and must not change the bytes. */
export interface FrameSink {
  frame(frame: Frame): void
}

/** A frame before it is shown. */
export interface Cut {
  readonly frame: Frame
  /** The whole state after the frame, as a ready frame; made when asked for. */
  fullState(): Buffer
}

/** Keeps frames before anybody sees them. */
export interface FrameKeeper {
  /**
   * Undefined when the frame may be shown at once; otherwise resolves with whether it may be shown
   * at all. `cut.frame.chunk` is empty when only hidden things happened.
   */
  keep(cut: Cut): Promise<boolean> | undefined
  /** Something waits that viewers do not see. */
  readonly hasHidden: boolean
  /** Other processes carry the room to more viewers. */
  readonly hasRelays: boolean
  amended(record: LogRecord): void
}
