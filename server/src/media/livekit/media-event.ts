/** What LiveKit tells of, as rooms use it, and as processes pass it on to each other. */
import type { ParticipantInfo, WebhookEvent } from 'livekit-server-sdk'
import type { MediaSource } from '@odeon/rooms/protocol'
import { isHouse } from './house-participant.ts'
import { isFalse, sourceOfTrack } from './tracks.ts'

export interface MediaEvent {
  /** LiveKit's id of the telling: the same one again is heard once. */
  id: string
  roomId: string
  kind: 'joined' | 'left' | 'track'
  participant?: ParticipantInfo
  trackSid?: string
  /** Undefined when the track went, or is false. */
  source?: MediaSource
  /** A track came that is not what it is said to be. */
  isFalse: boolean
}

const kinds: Record<string, MediaEvent['kind']> = {
  participant_joined: 'joined',
  participant_left: 'left',
  participant_connection_aborted: 'left',
  track_published: 'track',
  track_unpublished: 'track',
}

/** Undefined for what rooms have no use for. */
export function mediaEvent(said: WebhookEvent): MediaEvent | undefined {
  const { id, event, room, participant, track } = said
  const kind = kinds[event]
  if (kind === undefined || id === '' || !room?.name || !participant?.identity) return undefined
  if (isHouse(participant)) return undefined
  const came = event === 'track_published' ? track : undefined
  const source = came && sourceOfTrack(came)
  return {
    id,
    roomId: room.name,
    kind,
    participant,
    ...(track && { trackSid: track.sid }),
    ...(source && { source }),
    isFalse: came !== undefined && isFalse(came),
  }
}
