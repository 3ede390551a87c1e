/** `stream.start`: pending → live, said by a host. */
import { type Member, personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { LiveScope } from './live-scope.ts'
import { liveRefusals, type StreamStarted } from './protocol.ts'

export async function startStream(scope: LiveScope, member: Member): Promise<StreamStarted> {
  const { state, streams, world } = scope
  if (state.phase !== 'pending') refuse(liveRefusals, 'wrong_phase')
  const at = world.now()

  const isOurs = await streams.start(state.streamId, at)

  if (!isOurs) refuse(liveRefusals, 'wrong_phase')
  state.phase = 'live'
  state.startedAt = at
  scope.tally.start(at)
  scope.listing.renew(at)
  return scope.announce('stream.started', { by: personOf(member) })
}
