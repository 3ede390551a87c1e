/** `stream.update`: the host gives the stream another title or category, before and while live. */
import { chatRefusals } from '../chat/protocol.ts'
import { type Member, personOf } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import { moderationLimits } from '../moderation/protocol.ts'
import type { LiveScope } from './live-scope.ts'
import { liveRefusals, type StreamUpdate, type StreamUpdated } from './protocol.ts'

/** One after the other, so that the room ends with what the record ends with. */
export function updateStream(
  scope: LiveScope,
  member: Member,
  { title, category }: StreamUpdate,
): StreamUpdated | Promise<StreamUpdated> {
  return scope.chat.turns.take('stream.update', async () => {
    const { state, streams } = scope
    if (state.phase === 'ended') refuse(liveRefusals, 'wrong_phase')
    const isBlocked = scope.moderation.score(title ?? '').score >= moderationLimits.blockFrom
    if (isBlocked) refuse(chatRefusals, 'blocked_text')
    const change = {
      ...(title !== undefined && { title }),
      ...(category !== undefined && { category }),
    }

    const isOurs = await streams.update(state.streamId, change)

    if (!isOurs) refuse(liveRefusals, 'wrong_phase')
    if (title !== undefined) state.title = title
    if (category !== undefined) state.category = category ?? ''
    scope.listing.renew(scope.world.now())
    return scope.announce('stream.updated', {
      by: personOf(member),
      title: state.title,
      category: state.category === '' ? null : state.category,
    })
  })
}
