/** `floor.turns` and `floor.turn`: guests speak for so long each, then others may (B7). */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { type FloorScope, refuseOutranked } from './floor-scope.ts'
import { unseat } from './leave-seat.ts'
import { floorRefusals, type FloorTurn, type FloorTurns } from './protocol.ts'

/** Of all guests who have a seat the turn begins anew. */
export function setTurns(
  { floor }: FloorScope,
  _member: Member,
  { seconds }: FloorTurns,
): { seconds: number } {
  floor.turnSeconds = seconds
  for (const speaker of floor.speakers.values()) speaker.turnUntil = 0
  return { seconds }
}

/** A whole turn from now on: asked twice it is the same. */
export function giveTurn(
  scope: FloorScope,
  member: Member,
  { userId }: FloorTurn,
): { until: number } {
  const { floor, world } = scope
  const speaker = floor.speakers.get(userId)
  if (speaker === undefined) refuse(floorRefusals, 'not_seated')
  refuseOutranked(scope, member, userId)
  if (speaker.turnUntil === 0) refuse(floorRefusals, 'no_turns')
  speaker.turnUntil = world.now() + floor.turnSeconds * 1_000
  return { until: speaker.turnUntil }
}

/** Just before a frame: turns begin on the air, and whose turn is over is in the audience again. */
export function keepTurns(scope: FloorScope): void {
  const { floor, world, phase } = scope
  const now = world.now()
  const isOn = floor.turnSeconds > 0 && phase() === 'live'
  for (const [userId, speaker] of floor.speakers) {
    const { role, turnUntil } = speaker
    if (!isOn || role !== 'speaker') {
      if (turnUntil !== 0) speaker.turnUntil = 0
    } else if (turnUntil === 0) speaker.turnUntil = now + floor.turnSeconds * 1_000
    else if (turnUntil <= now) unseat(scope, userId, 'turn_over')
  }
}
