/** A client of LiveKit without a browser, over real WebRTC. */
import type { MediaPeer } from '@odeon/rooms/media-contract'
import type { MediaSource } from '@odeon/rooms/protocol'
import {
  AudioSource,
  LocalAudioTrack,
  LocalVideoTrack,
  type LocalTrack,
  Room,
  TrackPublishOptions,
  TrackSource,
  VideoSource,
} from '@livekit/rtc-node'
import { RoomServiceClient } from 'livekit-server-sdk'
import { onTestFinished } from 'vitest'
import { sourceOf } from '../grants.ts'
import type { LiveKitAddress } from '../settings.ts'

const sources: Record<MediaSource, TrackSource> = {
  camera: TrackSource.SOURCE_CAMERA,
  microphone: TrackSource.SOURCE_MICROPHONE,
  screen_share: TrackSource.SOURCE_SCREENSHARE,
  screen_share_audio: TrackSource.SOURCE_SCREENSHARE_AUDIO,
}

const trackOf = (source: MediaSource): LocalTrack =>
  source === 'camera' || source === 'screen_share'
    ? LocalVideoTrack.createVideoTrack(source, new VideoSource(64, 64))
    : LocalAudioTrack.createAudioTrack(source, new AudioSource(48_000, 1))

/** Rejects when it is not let in. It leaves when the test is over. */
export async function nodePeer(livekit: LiveKitAddress, token: string): Promise<MediaPeer> {
  const room = new Room()
  await room.connect(livekit.publicUrl, token, { autoSubscribe: true, dynacast: false })
  const leave = () => room.disconnect()
  onTestFinished(leave)
  const me = () => {
    if (room.localParticipant === undefined) throw new Error('not connected')
    return room.localParticipant
  }
  const { identity } = me()
  const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
  return {
    identity,
    get isConnected() {
      return room.isConnected
    },
    async publish(source) {
      const options = new TrackPublishOptions({ source: sources[source] })
      await me().publishTrack(trackOf(source), options)
    },
    async sending() {
      const { tracks } = await client.getParticipant(room.name ?? '', identity)
      return tracks.flatMap(({ source }) => sourceOf(source) ?? [])
    },
    sees: () => [...room.remoteParticipants.keys()],
    leave,
  }
}
