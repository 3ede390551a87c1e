/** `stream.end`: live → ended, with the numbers the stream came to (LIVE-26). */
import { type Member, personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { LiveScope } from './live-scope.ts'
import { liveRefusals, type StreamEnded } from './protocol.ts'

export async function endStream(scope: LiveScope, member: Member): Promise<StreamEnded> {
  const { state, streams, world } = scope
  if (state.phase !== 'live') refuse(liveRefusals, 'wrong_phase')
  const at = world.now()

  const numbers = await streams.end(state.streamId, at, scope.tally.numbers(at))

  if (numbers === null) refuse(liveRefusals, 'wrong_phase')
  state.phase = 'ended'
  state.endedAt = at
  scope.listing.renew(at)
  return scope.announce('stream.ended', { by: personOf(member), numbers })
}
