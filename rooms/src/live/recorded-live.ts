/** What the recording of a live stream's room holds: all of its state but people's words. */
import type { PlainState } from '../kit/recording/protocol.ts'
import type { RecordedKind } from '../kit/recording/room-recording.ts'
import type { StreamPhase } from './protocol.ts'

interface Live {
  phase: StreamPhase
  chat: { pinned: { id: string } }
  reactions: Record<string, number>
}
const live = (state: PlainState) => state as unknown as Live

export const recordedLive: RecordedKind = {
  /** A pinned line keeps its id: what it says is read in the log, where it can be taken out. */
  withoutWords(state) {
    const { chat } = live(state)
    if (chat.pinned.id === '') return state
    return { ...state, chat: { ...chat, pinned: { ...chat.pinned, name: '', text: '' } } }
  },
  quoted(state) {
    const { id } = live(state).chat.pinned
    return id === '' ? [] : [id]
  },
  isOn: (state) => live(state).phase === 'live',
  warmth: (state) => Object.values(live(state).reactions).reduce((sum, count) => sum + count, 0),
}
