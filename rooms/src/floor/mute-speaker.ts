/** `floor.mute` is a speaker's own doing, `floor.silence` a moderator's, which nobody unmutes. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { moderationRefusals } from '../moderation/protocol.ts'
import { type FloorScope, refuseOutranked } from './floor-scope.ts'
import {
  floorLimits,
  type FloorMute,
  floorRefusals,
  type FloorSilence,
  type FloorSilenced,
} from './protocol.ts'
import type { Floor } from './state.ts'

export function muteSelf(
  { floor }: FloorScope,
  { id }: Member,
  { isMuted }: FloorMute,
): { isMuted: boolean } {
  const speaker = floor.speakers.get(id)
  if (speaker === undefined) refuse(floorRefusals, 'not_seated')
  if (!isMuted && speaker.isSilenced) refuse(floorRefusals, 'silenced')
  speaker.isMuted = isMuted
  if (!isMuted) speaker.isHeldBack = false
  return { isMuted }
}

/**
 * Given the voice back, a speaker is muted still and unmutes when they want to; until then the
 * media take no voice of theirs, whatever their program sends.
 */
export function silenceSpeaker(
  scope: FloorScope,
  member: Member,
  { userId, isSilenced }: FloorSilence,
): FloorSilenced {
  if (userId === member.id) refuse(moderationRefusals, 'not_yourself')
  const speaker = scope.floor.speakers.get(userId)
  if (speaker === undefined) refuse(floorRefusals, 'not_seated')
  refuseOutranked(scope, member, userId)
  if (speaker.isSilenced === isSilenced) refuse(moderationRefusals, 'already_so')

  speaker.isSilenced = isSilenced
  speaker.isMuted = true
  speaker.isHeldBack = !isSilenced
  remember(scope.floor, userId, isSilenced)
  return scope.announce('floor.silenced', { who: { id: userId, name: speaker.name }, isSilenced })
}

/** Standing up and sitting down again gives nobody their voice back. */
function remember({ silenced }: Floor, userId: string, isSilenced: boolean): void {
  silenced.delete(userId)
  if (!isSilenced) return
  silenced.set(userId, true)
  const [oldest] = silenced.keys()
  if (silenced.size > floorLimits.silencedMax && oldest !== undefined) silenced.delete(oldest)
}
