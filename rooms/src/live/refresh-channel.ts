/** What a live room knows of its channel and stream, read again when the server says so. */
import { applyModes, modesOf } from '../chat/change-modes.ts'
import type { ChatHouse } from '../chat/chat-scope.ts'
import type { ChannelDesk } from '../ports.ts'
import type { LiveScope } from './live-scope.ts'

type Desk = Awaited<ReturnType<ChannelDesk['chat']>>

/** Settings that nobody sees but chat itself. True when the emotes are others now. */
export function takeSettings(chat: ChatHouse, desk: Desk): boolean {
  chat.holdSuspicious = desk.holdSuspicious
  chat.hasReviewer = desk.hasReviewer
  const before = JSON.stringify([...chat.emotes])
  chat.emotes = new Map(desk.emotes.map(({ code, id }) => [code, id]))
  return JSON.stringify([...chat.emotes]) !== before
}

/** In turn with `stream.update`: what was read before a change here does not undo it. */
export async function refreshChannel(scope: LiveScope): Promise<void> {
  await scope.chat.turns.take('stream.update', () => refresh(scope))
}

async function refresh(scope: LiveScope): Promise<void> {
  const { channels, chat, state, streams } = scope
  const { modesChanged } = chat
  const [desk, facts] = await Promise.all([
    channels.chat(state.channelId),
    streams.find(state.streamId),
  ])
  if (takeSettings(chat, desk)) state.chat.emotesVersion += 1
  // What a moderator changes here just now is on its way to the channel, not the other way.
  const isOld = chat.modesUnsaved > 0 || chat.modesChanged !== modesChanged
  const isSame =
    JSON.stringify(modesOf(state.chat)) ===
    JSON.stringify({ ...modesOf(state.chat), ...desk.modes })
  if (!isOld && !isSame) applyModes(scope, desk.modes)
  if (facts === null) return
  state.name = facts.name
  state.avatarUrl = facts.avatarUrl ?? ''
  state.title = facts.title
  scope.listing.place = facts
  scope.listing.renew(scope.world.now())
}
