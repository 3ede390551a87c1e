/** The state of a live room as it opens: stream, chat of its channel, totals from before. */
import type { ChannelDesk, StreamFacts } from '../ports.ts'
import type { StreamNumbers } from './protocol.ts'
import { LiveState } from './state.ts'

export function stateOf(
  facts: StreamFacts,
  { modes }: Pick<Awaited<ReturnType<ChannelDesk['chat']>>, 'modes'>,
  before: StreamNumbers | null,
): LiveState {
  const { id, channelId, channel, name, avatarUrl, title, category } = facts
  const { phase, startedAt, endedAt } = facts
  const state = new LiveState().assign({
    streamId: id,
    channelId,
    channel,
    name,
    avatarUrl: avatarUrl ?? '',
    title,
    category: category ?? '',
    phase,
    startedAt,
    endedAt,
  })
  state.chat.assign(modes)
  state.reactions.assign(before?.reactionsByKind ?? {})
  return state
}
