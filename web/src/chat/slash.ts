/** Commands typed in the field: what they mean in this room, and what could be meant. */
import {
  type ActionTaken,
  parseSlash,
  runSlash,
  slashCommands,
  type SlashContext,
} from '@odeon/sdk'
import type { TFunction } from '../text/use-translation.ts'
import type { ChatFeed } from './chat-feed.ts'
import { type Suggestion, suggestCommands } from './completion.ts'
import type { Returned, Said } from './own-lines.ts'

interface Named {
  id: string
  name: string
}

/** People a command or a mention may name: who spoke last first, then the crew that is here. */
export function peopleIn(feed: ChatFeed): Named[] {
  const people = new Map<string, string>()
  for (const line of feed.log.lines.toReversed()) {
    if (line.kind === 'said' && !people.has(line.from.id)) people.set(line.from.id, line.from.name)
  }
  for (const [id, { name }] of feed.room.state.crew) if (!people.has(id)) people.set(id, name)
  people.delete(feed.room.you.id)
  return [...people].map(([id, name]) => ({ id, name }))
}

/** Reads what was typed; a line to say, a command to run, or why it is neither. */
export function readTyped(
  feed: ChatFeed,
  said: Said,
): { say: Said } | { run: () => Promise<ActionTaken | null> } | { back: Returned } {
  const { room } = feed
  const context: SlashContext = {
    role: room.you.role,
    people: peopleIn(feed),
    line: said.replyTo?.id,
    lastLineOf: (userId = room.you.id) => feed.saidBy(userId, 1)[0]?.id,
  }
  const call = parseSlash(said.text, context)
  if ('refused' in call) {
    const { refused: code, message } = call
    return { back: { ...said, code, message, retryAtMs: 0 } }
  }
  if (call.command === 'chat.send') {
    const { text, isAction } = call.args
    return { say: { ...said, text, ...(isAction && { isAction }) } }
  }
  return {
    run: async () => {
      const reply = await runSlash(room, call)
      return isAction(reply) ? reply : null
    },
  }
}

function isAction(reply: unknown): reply is ActionTaken {
  return typeof reply === 'object' && reply !== null && 'undoUntil' in reply
}

export function suggestSlash(t: TFunction, feed: ChatFeed, query: string): Suggestion[] {
  const hints = slashCommands(feed.room.you.role).map(({ name, usage }) => {
    const word = name.slice(1)
    // Commands are named by the SDK; what one says of them stands in the texts.
    return { name: word, args: usage, help: t(`commands.${word}` as 'commands.me') }
  })
  return suggestCommands(hints, query)
}
