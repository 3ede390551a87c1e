/** A client of LiveKit without a browser, over real WebRTC. */
import type { MediaPeer } from '@odeon/rooms/media-contract'
import type { MediaSource } from '@odeon/rooms/protocol'
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  LocalVideoTrack,
  type LocalTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  VideoSource,
  VideoStream,
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

const [sampleRate, samples] = [48_000, 480]

const trackOf = (source: MediaSource, sound: AudioSource): LocalTrack =>
  source === 'camera' || source === 'screen_share'
    ? LocalVideoTrack.createVideoTrack(source, new VideoSource(64, 64))
    : LocalAudioTrack.createAudioTrack(source, sound)

export interface NodePeer extends MediaPeer {
  /** Sends a picture and says that it is a sound, or the other way round. */
  lie(source: MediaSource): Promise<void>
  /** Gives the sounds it sends something to carry until it is gone. */
  hum(): void
  /** How many tracks of that one it is told of. */
  tracksOf(identity: string): number
  /** All that came of what others send: pictures, and the loudest sound, 0…1. */
  readonly received: { pictures: number; loudest: number }
}

/** Rejects when it is not let in. It leaves when the test is over. */
export async function nodePeer(livekit: LiveKitAddress, token: string): Promise<NodePeer> {
  const room = new Room()
  const received = { pictures: 0, loudest: 0 }
  // One that is gone before it can be taken has nothing to give.
  const hear = (track: RemoteTrack) => take(track, received).catch(() => undefined)
  room.on(RoomEvent.TrackSubscribed, (track) => void hear(track))
  await room.connect(livekit.publicUrl, token, { autoSubscribe: true, dynacast: false })
  const leave = () => room.disconnect()
  onTestFinished(leave)
  const me = () => {
    if (room.localParticipant === undefined) throw new Error('not connected')
    return room.localParticipant
  }
  const { identity } = me()
  const client = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret)
  const sound = new AudioSource(sampleRate, 1)
  const publish = async (source: MediaSource, said = source) => {
    const options = new TrackPublishOptions({ source: sources[said] })
    await me().publishTrack(trackOf(source, sound), options)
  }
  const hum = async () => {
    const wave = Int16Array.from({ length: samples }, (_, at) => 3_000 * Math.sin(at / 10))
    while (room.isConnected) {
      await sound.captureFrame(new AudioFrame(wave, sampleRate, 1, samples))
    }
  }
  return {
    identity,
    received,
    get isConnected() {
      return room.isConnected
    },
    publish: (source) => publish(source),
    // Whoever is put out meanwhile has nothing to carry it any more.
    hum: () => void hum().catch(() => undefined),
    lie: (source) => publish(source === 'camera' ? 'microphone' : 'camera', source),
    async sending() {
      const { tracks } = await client.getParticipant(room.name ?? '', identity)
      return tracks.flatMap(({ source }) => sourceOf(source) ?? [])
    },
    sees: () => [...room.remoteParticipants.keys()],
    tracksOf: (one) => room.remoteParticipants.get(one)?.trackPublications.size ?? 0,
    leave,
  }
}

/** Until the track ends. */
async function take(track: RemoteTrack, received: NodePeer['received']): Promise<void> {
  if (track.kind === TrackKind.KIND_VIDEO) {
    for await (const { frame } of new VideoStream(track)) {
      if (frame.width > 0) received.pictures += 1
    }
    return
  }
  for await (const { data } of new AudioStream(track, sampleRate, 1)) {
    for (const sample of data) {
      received.loudest = Math.max(received.loudest, Math.abs(sample) / 32_768)
    }
  }
}
