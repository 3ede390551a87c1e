/** `crew.read`: what waits for moderators and what they did, for whoever has just come. */
import type { ChatScope } from '../chat/chat-scope.ts'
import type { CrewDesk } from './protocol.ts'

export function readDesk({ actions, chat, held }: ChatScope): CrewDesk {
  const delayed = chat.delayed.all.map(({ body, at }) => {
    return { line: { seq: 0, at, ...body }, until: at + chat.delayMs }
  })
  return { held: held.lines, delayed, actions: actions.shown() }
}
