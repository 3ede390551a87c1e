/** The chat of a live room as it opens: modes and settings of its channel. */
import { modesOf } from '../chat/change-modes.ts'
import { ChatHouse } from '../chat/chat-scope.ts'
import type { Scope } from '../kit/command.ts'
import type { ChannelDesk } from '../ports.ts'
import type { LiveEvents } from '../protocol.ts'
import { takeSettings } from './refresh-channel.ts'
import type { LiveState } from './state.ts'

export function openChat(
  { memory, state }: Pick<Scope<LiveState, LiveEvents>, 'memory' | 'state'>,
  desk: Awaited<ReturnType<ChannelDesk['chat']>>,
): ChatHouse {
  const chat = new ChatHouse(memory)
  chat.modes = modesOf(state.chat)
  takeSettings(chat, desk)
  return chat
}
