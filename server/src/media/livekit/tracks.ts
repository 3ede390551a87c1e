/** What a track is: LiveKit lets it by its source alone, whatever it then carries. */
import { Encryption_Type } from '@livekit/protocol'
import type { MediaSource } from '@odeon/rooms/protocol'
import { type TrackInfo, TrackType } from 'livekit-server-sdk'
import { sourceOf } from './grants.ts'

/** Of what senders call their tracks; every viewer is told. */
const textMax = 256
/** Of all that is said of one; a browser's camera in three layers and two codecs takes 300. */
const bytesMax = 2 * 1024

const types: Record<MediaSource, TrackType> = {
  camera: TrackType.VIDEO,
  microphone: TrackType.AUDIO,
  screen_share: TrackType.VIDEO,
  screen_share_audio: TrackType.AUDIO,
}

/** Undefined for what no grant allows, a false track as any other. */
export function sourceOfTrack(track: TrackInfo): MediaSource | undefined {
  const source = sourceOf(track.source)
  if (source === undefined || types[source] !== track.type || !isInKind(track)) return undefined
  // Nobody whom the house lets listen could, nor whoever films the room or looks after it.
  if (track.encryption !== Encryption_Type.NONE) return undefined
  const isShort = track.name.length + track.stream.length <= textMax
  return isShort && track.toBinary().length <= bytesMax ? source : undefined
}

/** LiveKit believes the type, and finds out what is sent. Nothing is known of it at first. */
function isInKind({ type, mimeType }: TrackInfo): boolean {
  const kind = type === TrackType.AUDIO ? 'audio/' : 'video/'
  return mimeType === '' || mimeType.toLowerCase().startsWith(kind)
}

/** A picture sent as a microphone, a sound as a camera: no program of ours does that. */
export const isFalse = (track: TrackInfo): boolean => sourceOfTrack(track) === undefined
