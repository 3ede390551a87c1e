/** What differs between the floors of kinds of rooms. */
import type { MediaSource } from '../media/protocol.ts'

export interface FloorKind {
  /** Seats, the host's included; at most `floorLimits.seatsMax`. */
  seatsMax: number
  /** What may be sent by whoever leads, and by others with a seat. */
  sources: Readonly<Record<'host' | 'guest', readonly MediaSource[]>>
}

/** Sources that are heard: a silence takes these, and leaves the picture. */
export const audibleSources: ReadonlySet<MediaSource> = new Set([
  'microphone',
  'screen_share_audio',
])
