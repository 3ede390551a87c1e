/**
 * `stream.end`: live → ended, with the numbers the stream came to (LIVE-26). Said by the host, by
 * whoever leads while the host is away, or by nobody any more.
 */
import { floorRoleOf } from '../floor/floor-scope.ts'
import type { Member } from '../kit/member.ts'
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import type { LiveScope } from './live-scope.ts'
import { liveRefusals, type StreamEnded } from './protocol.ts'

export function endStream(scope: LiveScope, member: Member): Promise<StreamEnded> {
  const role = floorRoleOf(scope.floor.scope, member)
  if (role !== 'host') refuse(kitRefusals, 'not_allowed')
  return endBy(scope, 'host')
}

/** Everybody learns the role of who ended it, and nobody who of the staff it was. */
export async function endBy(scope: LiveScope, by: StreamEnded['by']): Promise<StreamEnded> {
  const { state, streams, world } = scope
  if (state.phase !== 'live') refuse(liveRefusals, 'wrong_phase')
  const at = world.now()

  const numbers = await streams.end(state.streamId, at, scope.tally.numbers(at))

  if (numbers === null) refuse(liveRefusals, 'wrong_phase')
  state.phase = 'ended'
  state.endedAt = at
  scope.floor.unsettle()
  scope.battles?.house.leave()
  scope.listing.renew(at)
  return scope.announce('stream.ended', { by, numbers })
}
