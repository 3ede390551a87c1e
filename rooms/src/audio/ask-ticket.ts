/** `media.ticket`: lets a connection of somebody who is here into the media of the room. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { LiveScope } from '../live/live-scope.ts'
import { mediaRefusals, type MediaTicket, type MediaTicketAsk } from '../media/protocol.ts'

export function askTicket(
  { floor }: LiveScope,
  member: Member,
  { tab }: MediaTicketAsk,
): Promise<MediaTicket> {
  if (floor === undefined) refuse(mediaRefusals, 'media_unavailable')
  return floor.voices.ticket(member, tab)
}
