/** `media.ticket`: lets a connection of somebody who is here into the media of the room. */
import type { FloorHouse } from '../floor/floor-house.ts'
import type { Member } from '../kit/member.ts'
import type { MediaTicket, MediaTicketAsk } from './protocol.ts'

export function askTicket(
  { floor }: { readonly floor: FloorHouse },
  member: Member,
  { tab }: MediaTicketAsk,
): Promise<MediaTicket> {
  return floor.voices.ticket(member, tab)
}
