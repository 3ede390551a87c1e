/** `floor.sit`: a room has one writer, so of two who want the same seat one gets it. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { refuseSanctioned } from '../moderation/refuse-sanctioned.ts'
import { type FloorScope, floorRoleOf, refuseCrowd } from './floor-scope.ts'
import { floorRefusals, type FloorRole, type FloorSeated, type FloorSit } from './protocol.ts'
import { type Floor, Speaker } from './state.ts'

/** Kept for the host, whoever else comes. */
export const hostSeat = 0

export function takeSeat(scope: FloorScope, member: Member, { seat }: FloorSit): FloorSeated {
  const { floor } = scope
  refuseSanctioned(scope, member)
  if (floor.speakers.has(member.id)) refuse(floorRefusals, 'already_seated')
  const mayNow = isOpenTo(floor, member.id) || floorRoleOf(scope, member) !== 'listener'
  if (!mayNow && !floor.invitations.has(member.id)) refuse(floorRefusals, 'not_invited')
  const taken = new Set(Array.from(floor.speakers.values(), (speaker) => speaker.seat))
  if (seat !== undefined && (taken.has(seat) || seat >= floor.seatsMax)) {
    refuse(floorRefusals, 'seat_taken')
  }
  const free = seat ?? (member.role === 'host' ? hostSeat : freeSeat(floor, taken))
  if (free === undefined) refuse(floorRefusals, 'seats_full')
  refuseCrowd(scope, member)

  seatAt(scope, member, free)
  return scope.announce('floor.seated', { who: { id: member.id, name: member.name }, seat: free })
}

/** Where people speak by turns nobody comes up past others who wait. */
function isOpenTo({ isOpen, turnSeconds, hands }: Floor, userId: string): boolean {
  const others = hands.size - (hands.has(userId) ? 1 : 0)
  return isOpen && (turnSeconds === 0 || others === 0)
}

/** Heard from now on, unless they were silenced; a hand that was up has had its turn. */
export function seatAt(scope: FloorScope, member: Member, seat: number): void {
  const { floor, world } = scope
  const isInvited = floor.invitations.has(member.id)
  floor.hands.delete(member.id)
  floor.invitations.delete(member.id)
  const { name } = member
  const isSilenced = floor.silenced.has(member.id)
  const held = { isSilenced, isMuted: isSilenced, isInvited }
  const speaker = new Speaker().assign({ name, role: 'speaker', seat, since: world.now(), ...held })
  floor.speakers.set(member.id, speaker)
  speaker.role = floorRoleOf(scope, member) as Exclude<FloorRole, 'listener'>
}

function freeSeat({ seatsMax }: Floor, taken: ReadonlySet<number>): number | undefined {
  for (let seat = hostSeat + 1; seat < seatsMax; seat += 1) if (!taken.has(seat)) return seat
  return undefined
}
