/** `media.ticket`: lets a connection of somebody who is here into the media of the room. */
import type { FloorHouse } from '../floor/floor-house.ts'
import type { Member } from '../kit/member.ts'
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import { isReservedTab, type MediaTicket, type MediaTicketAsk } from './protocol.ts'

export function askTicket(
  { floor }: { readonly floor: FloorHouse },
  member: Member,
  { tab }: MediaTicketAsk,
  sid?: string,
): Promise<MediaTicket> {
  if (isReservedTab(tab)) refuse(kitRefusals, 'not_allowed')
  return floor.voices.ticket(member, tab, sid)
}
