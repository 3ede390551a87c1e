/** The state of a live room as it opens: stream, chat of its channel, totals from before. */
import { carryBattle } from '../battles/carry-battle.ts'
import { carryFloor } from '../floor/carry-floor.ts'
import type { FloorKind } from '../floor/floor-kind.ts'
import { carryGifts } from '../gifts/carry-gifts.ts'
import { carryTreasure } from '../treasure/show-treasure.ts'
import type { ChannelDesk, StreamFacts } from '../ports.ts'
import type { StreamNumbers } from './protocol.ts'
import { LiveState } from './state.ts'

export function stateOf(
  facts: StreamFacts,
  { modes }: Pick<Awaited<ReturnType<ChannelDesk['chat']>>, 'modes'>,
  before: StreamNumbers | null,
  { seatsMax }: Pick<FloorKind, 'seatsMax'>,
): LiveState {
  const { id, channelId, channel, name, avatarUrl, title, category } = facts
  const { phase, startedAt, endedAt } = facts
  const state = new LiveState()
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
  state.floor.assign({ seatsMax })
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
  carryFloor(state.floor, before.floor)
  carryGifts(state.gifts, before.gifts)
  carryBattle(state.battle, before.battle)
  carryTreasure(state.treasure, before.treasure)
}
