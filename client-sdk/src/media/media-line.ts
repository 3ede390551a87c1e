/** One standing connection to a media server, as the rest of the media know it. */
import type { MediaSource } from '@odeon/rooms/protocol'
import type { MediaPerson, MediaQuality, MediaStats } from './media-shapes.ts'

/**
 * - `away`: the media server or the way to it
 * - `replaced`: another connection took the same name
 * - `removed`: put out
 */
export type LostBecause = 'away' | 'replaced' | 'removed'

/** What is told of a line; nothing any more after `lost`, nor after it was closed. */
export interface LineHandlers {
  /** Of people, tracks or what may be sent. */
  changed(): void
  levels(): void
  /** The way to the media server is being mended, or was. */
  mending(isMending: boolean): void
  lost(because: LostBecause): void
}

/** A track that an element can show or sound. */
export interface Attachable {
  attach(element: HTMLMediaElement): unknown
  detach(element: HTMLMediaElement): unknown
}

export interface MediaLine {
  /** What may be sent at this moment. */
  readonly granted: ReadonlySet<MediaSource>
  readonly isSoundBlocked: boolean
  /** By user id, as they are now. */
  people(): Map<string, MediaPerson>
  trackOf(userId: string, source: MediaSource): Attachable | undefined
  /** Somebody else may be quiet: what is played follows. */
  hush(): void
  /** 0–1, of all voices and screens. */
  setVolume(volume: number): void
  setQuality(quality: MediaQuality): void
  /** In a click: lets the browser sound what it held back. */
  unblockSound(): Promise<void>
  setSpeaker(deviceId: string): Promise<void>
  stats(): Promise<MediaStats>
  close(): Promise<void>
}
