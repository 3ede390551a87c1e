/**
 * One tick of a room's output. The stage emits it once; sinks carry it on: to the sockets of this
 * process; a keeper writes it down before, for relays, successors and the recorder.
 */
import type { Schema } from '@colyseus/schema'
import type { LogRecord } from '../ports.ts'
import type { LogEntry } from './room-log.ts'

export interface Frame {
  readonly epoch: number
  /** Highest seq of the log after this frame. */
  readonly head: number
  readonly entries: readonly LogEntry[]
  /** State patch as a ready WebSocket frame, or undefined when the state stood still. */
  readonly patch: Buffer | undefined
  /** What only a class of the audience sees of the patch, behind it; ready frames by its name. */
  readonly own?: ReadonlyMap<string, Buffer>
  /** Patch and entries as WebSocket frames, concatenated: what each socket gets, unchanged. */
  readonly chunk: Buffer
  /** The same without what slow readers may be spared, if there is any such thing in it. */
  readonly thin?: (() => Buffer) | undefined
  /** The whole state after it, as a ready frame; only when a sink wanted it. */
  readonly full?: Buffer | undefined
}

/** Takes frames in order. Must not block and must not change the bytes. */
export interface FrameSink {
  frame(frame: Frame): void
  /** True while its next frame must come with the whole state. */
  readonly wantsState?: boolean
  /** The room ends here; a frame that is being kept may still follow. */
  close?(): void
}

/** A room as its recording knows it. */
export interface RecordedRoom {
  id: string
  kind: string
  epoch: number
  /** An empty state of its kind. */
  blank(): Schema
}

/** Opens what writes a room down as its viewers see it; undefined when this one is not recorded. */
export interface Recorder {
  open(room: RecordedRoom): FrameSink | undefined
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
