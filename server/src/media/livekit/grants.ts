/** What a room grants, as LiveKit has it: in tokens, and as permissions of who is connected. */
import type { MediaGrant } from '@odeon/rooms/ports'
import {
  mediaIdentity,
  mediaLimits,
  type MediaSource,
  mediaSources,
  type MediaTicket,
} from '@odeon/rooms/protocol'
import {
  AccessToken,
  type ParticipantInfo,
  type ParticipantPermission,
  TrackSource,
} from 'livekit-server-sdk'
import type { LiveKitAddress } from './settings.ts'

export const sourcesOfLiveKit: Record<MediaSource, TrackSource> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
}

/** Undefined for tracks that no grant allows. */
export const sourceOf = (source: TrackSource): MediaSource | undefined =>
  mediaSources.find((one) => sourcesOfLiveKit[one] === source)

/** Data is never let through: what must arrive is said in the room. */
export function permissionOf({ publish, subscribe, isHidden }: MediaGrant) {
  return {
    canPublish: publish.length > 0,
    canPublishSources: publish.map((one) => sourcesOfLiveKit[one]),
    canPublishData: false,
    canSubscribe: subscribe,
    canUpdateMetadata: false,
    hidden: isHidden,
  } satisfies Partial<ParticipantPermission>
}

/** Whether who is connected may do what the grant says, no more and no less. */
export function agrees({ permission }: ParticipantInfo, grant: MediaGrant): boolean {
  if (permission === undefined) return false
  const wanted = permissionOf(grant)
  const allowed = new Set(permission.canPublishSources)
  return (
    permission.canPublish === wanted.canPublish &&
    permission.canPublishData === wanted.canPublishData &&
    permission.canSubscribe === wanted.canSubscribe &&
    permission.canUpdateMetadata === wanted.canUpdateMetadata &&
    permission.hidden === wanted.hidden &&
    allowed.size === wanted.canPublishSources.length &&
    wanted.canPublishSources.every((one) => allowed.has(one))
  )
}

export interface TicketFor {
  roomId: string
  person: { id: string; name: string }
  tab: string
  grant: MediaGrant
  /** Unix ms. */
  now: number
}

/** A ticket that is good for one room, one identity and a short time. */
export async function mintTicket(at: LiveKitAddress, wanted: TicketFor): Promise<MediaTicket> {
  const { roomId, person, tab, grant, now } = wanted
  const identity = mediaIdentity(person.id, tab)
  const token = new AccessToken(at.apiKey, at.apiSecret, {
    identity,
    name: person.name,
    ttl: mediaLimits.ticketMs / 1_000,
  })
  const { canUpdateMetadata, ...may } = permissionOf(grant)
  token.addGrant({
    ...may,
    canUpdateOwnMetadata: canUpdateMetadata,
    roomJoin: true,
    room: roomId,
  })
  const expiresAt = now + mediaLimits.ticketMs
  return { url: at.publicUrl, token: await token.toJwt(), identity, expiresAt }
}
