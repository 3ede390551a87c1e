/** The floor as an earlier process left it: seats, hands in their order, who leads. */
import { type Floor, Hand, Invitation, Speaker } from './state.ts'

export function carryFloor(floor: Floor, before: Floor): void {
  const { isOpen, leaderId, successorId, turnSeconds } = before
  floor.assign({ isOpen, leaderId, successorId, turnSeconds })
  for (const [userId, speaker] of before.speakers) {
    // Whose microphone is carried the media tell anew.
    const { isAudible: _audible, ...rest } = speaker.toJSON() as { isAudible: boolean }
    floor.speakers.set(userId, new Speaker().assign(rest))
  }
  for (const userId of before.silenced.keys()) floor.silenced.set(userId, true)
  for (const [userId, hand] of before.hands) {
    floor.hands.set(userId, new Hand().assign(hand.toJSON()))
  }
  for (const [userId, invitation] of before.invitations) {
    floor.invitations.set(userId, new Invitation().assign(invitation.toJSON()))
  }
}
