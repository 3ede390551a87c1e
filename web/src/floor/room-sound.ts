/** What the page uses of a room's picture and sound. */
import type { AudioConnection } from '@odeon/sdk'

interface Heard {
  readonly sources: ReadonlySet<string>
  readonly isSpeaking: boolean
  /** 0–1. */
  readonly level: number
}

export interface RoomSound {
  readonly status: 'off' | 'connecting' | 'on' | 'reconnecting' | 'unavailable'
  /** What the room lets you send at this moment. */
  readonly granted: ReadonlySet<string>
  readonly sending: ReadonlySet<string>
  readonly people: ReadonlyMap<string, Heard>
  readonly isSoundBlocked: boolean
  listen(): Promise<unknown>
  leave(): Promise<void>
  publishMicrophone(options?: { deviceId?: string }): Promise<void>
  unpublish(source: 'microphone'): Promise<void>
  mute(source: 'microphone', isMuted: boolean): Promise<void>
  unblockSound(): Promise<void>
  on(event: 'changed' | 'levels', call: () => void): () => void
}

/** Undefined where the SDK carries no media. */
export function soundOf(room: AudioConnection): RoomSound | undefined {
  return (room as { media?: RoomSound }).media
}
