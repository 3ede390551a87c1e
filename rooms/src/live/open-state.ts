/** The state of a live room as it opens: stream, chat of its channel, totals from before. */
import { AudioState } from '../audio/state.ts'
import { carryFloor } from '../floor/carry-floor.ts'
import { floorLimits } from '../floor/protocol.ts'
import type { ChannelDesk, StreamFacts } from '../ports.ts'
import type { StreamNumbers } from './protocol.ts'
import { LiveState } from './state.ts'

export function stateOf(
  facts: StreamFacts,
  { modes }: Pick<Awaited<ReturnType<ChannelDesk['chat']>>, 'modes'>,
  before: StreamNumbers | null,
): LiveState {
  const { id, channelId, channel, name, avatarUrl, title, category } = facts
  const { phase, startedAt, endedAt, medium } = facts
  const state: LiveState = medium === 'audio' ? new AudioState() : new LiveState()
  state.assign({
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
  state.floor?.assign({ seatsMax: floorLimits.seatsMax })
  state.chat.assign(modes)
  state.reactions.assign(before?.reactionsByKind ?? {})
  return state
}

/** What only the room knew, from an earlier process; of the rest the record is right. */
export function carryOver(state: LiveState, before: LiveState): void {
  state.viewerCount = before.viewerCount
  state.reactions.assign(before.reactions.toJSON())
  state.metrics.assign(before.metrics.toJSON())
  const { pinned, emotesVersion } = before.chat
  state.chat.pinned.assign(pinned.toJSON())
  state.chat.emotesVersion = emotesVersion
  if (state.floor && before.floor) carryFloor(state.floor, before.floor)
}
