import { Encryption_Type } from '@livekit/protocol'
import { TrackSource, TrackType, WebhookEvent } from 'livekit-server-sdk'
import { expect, test } from 'vitest'
import { mediaEvent } from './media-event.ts'
import { isFalse, sourceOfTrack } from './tracks.ts'

const camera = {
  source: TrackSource.CAMERA,
  type: TrackType.VIDEO,
  mimeType: 'video/VP8',
  name: '',
  stream: '',
  encryption: Encryption_Type.NONE,
}

test('[MED-20] a track is false by its type, by what is sent as it, and by an endless name', () => {
  expect([isFalse(camera), sourceOfTrack(camera)]).toEqual([false, 'camera'])
  expect(isFalse({ ...camera, mimeType: '' })).toBe(false)
  const voice = { ...camera, source: TrackSource.MICROPHONE, type: TrackType.AUDIO }
  expect(isFalse({ ...voice, mimeType: 'audio/red' })).toBe(false)
  for (const lie of [
    { ...camera, mimeType: 'audio/opus' },
    { ...voice, mimeType: 'video/VP8' },
    { ...camera, type: TrackType.AUDIO },
    { ...camera, source: TrackSource.UNKNOWN },
    { ...camera, name: 'n'.repeat(200), stream: 's'.repeat(57) },
  ]) {
    expect([isFalse(lie), sourceOfTrack(lie)]).toEqual([true, undefined])
  }
})

test('[MED-31] a track that is encrypted for some is false', () => {
  for (const encryption of [Encryption_Type.GCM, Encryption_Type.CUSTOM]) {
    const sealed = { ...camera, encryption }
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
