/** Puts the words back that a recording leaves to the log: what is out there is out here. */
import type { PlainState } from '@odeon/rooms/protocol'
import type { LiveSnapshot } from '../live/live-connection.ts'
import type { ReplayFacts } from './reel.ts'

export function withWords(state: PlainState, quoted: ReplayFacts['quoted']): PlainState {
  const { chat } = state as unknown as Partial<LiveSnapshot>
  const words = quoted[chat?.pinned.id ?? '']
  if (chat === undefined || words === undefined) return state
  return { ...state, chat: { ...chat, pinned: { ...chat.pinned, ...words } } }
}
