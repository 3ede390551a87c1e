import { Encryption_Type, SimulcastCodecInfo, VideoLayer, VideoQuality } from '@livekit/protocol'
import { TrackInfo, TrackSource, TrackType, WebhookEvent } from 'livekit-server-sdk'
import { expect, test } from 'vitest'
import { mediaEvent } from './media-event.ts'
import { isFalse, sourceOfTrack } from './tracks.ts'

type Said = NonNullable<ConstructorParameters<typeof TrackInfo>[0]>
const a = (said: Said) => new TrackInfo({ type: TrackType.VIDEO, mimeType: 'video/VP8', ...said })
const camera = (said: Said = {}) => a({ source: TrackSource.CAMERA, ...said })
const voice = (said: Said = {}) =>
  a({ source: TrackSource.MICROPHONE, type: TrackType.AUDIO, mimeType: 'audio/opus', ...said })

test('[MED-20] a track is false by its type, by what is sent as it, and by an endless name', () => {
  expect([isFalse(camera()), sourceOfTrack(camera())]).toEqual([false, 'camera'])
  expect(isFalse(camera({ mimeType: '' }))).toBe(false)
  expect(isFalse(voice({ mimeType: 'audio/red' }))).toBe(false)
  for (const lie of [
    camera({ mimeType: 'audio/opus' }),
    voice({ mimeType: 'video/VP8' }),
    camera({ type: TrackType.AUDIO }),
    camera({ source: TrackSource.UNKNOWN }),
    camera({ name: 'n'.repeat(200), stream: 's'.repeat(57) }),
  ]) {
    expect([isFalse(lie), sourceOfTrack(lie)]).toEqual([true, undefined])
  }
})

test('[MED-34] a track is false when more is said of it than honest ones need', () => {
  const layer = new VideoLayer({
    quality: VideoQuality.HIGH,
    width: 1_920,
    height: 1_080,
    bitrate: 3_000_000,
    ssrc: 4_000_000_000,
    rid: 'f',
    repairSsrc: 4_000_000_001,
    spatialLayer: 2,
  })
  const layers = (count: number) => Array.from({ length: count }, () => layer)
  const codecs = ['video/VP9', 'video/VP8'].map((mimeType) => {
    const [mid, cid] = ['0', crypto.randomUUID()]
    return new SimulcastCodecInfo({ mimeType, mid, cid, layers: layers(3) })
  })
  const told = { sid: 'TR_VC1234567890ab', stream: 'camera', codecs }
  expect(isFalse(camera({ ...told, layers: layers(3) }))).toBe(false)
  expect(isFalse(camera({ ...told, layers: layers(100) }))).toBe(true)
  const longNamed = new VideoLayer({ rid: 'r'.repeat(3_000) })
  expect(isFalse(camera({ layers: [longNamed] }))).toBe(true)
})

test('[MED-31] a track that is encrypted for some is false', () => {
  for (const encryption of [Encryption_Type.GCM, Encryption_Type.CUSTOM]) {
    const sealed = camera({ encryption })
    expect([isFalse(sealed), sourceOfTrack(sealed)]).toEqual([true, undefined])
  }
})

test('[MED-25] whoever films a room or sends it on is none of its people', () => {
  const joined = (kind: string) =>
    mediaEvent(
      WebhookEvent.fromJson({
        id: 'EV_1',
        event: 'participant_joined',
        room: { name: 'live_a' },
        participant: { identity: 'EG_abc', kind },
      }),
    )
  expect(joined('EGRESS')).toBeUndefined()
  for (const kind of ['STANDARD', 'INGRESS']) {
    expect(joined(kind)).toMatchObject({ kind: 'joined', roomId: 'live_a' })
  }
})
