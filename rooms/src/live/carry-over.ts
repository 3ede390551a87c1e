/** What of a live room's state only the room knew; of the rest the record is right. */
import type { LiveState } from './state.ts'

export function carryOver(state: LiveState, before: LiveState): void {
  state.viewerCount = before.viewerCount
  state.reactions.assign(before.reactions.toJSON())
  state.metrics.assign(before.metrics.toJSON())
  const { pinned, emotesVersion } = before.chat
  state.chat.pinned.assign(pinned.toJSON())
  state.chat.emotesVersion = emotesVersion
}
