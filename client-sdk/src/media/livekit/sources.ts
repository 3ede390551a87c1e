/** What is sent, as LiveKit has it and as rooms do. */
import { type MediaSource, mediaSources } from '@odeon/rooms/protocol'
import { Track } from 'livekit-client'

export const livekitSources: Readonly<Record<MediaSource, Track.Source>> = {
  camera: Track.Source.Camera,
  microphone: Track.Source.Microphone,
  screen_share: Track.Source.ScreenShare,
  screen_share_audio: Track.Source.ScreenShareAudio,
}

/** Undefined for tracks that no grant allows. */
export function sourceOf({ source }: { source: Track.Source }): MediaSource | undefined {
  return mediaSources.find((one) => livekitSources[one] === source)
}
