/** Looks up what was said in the log that the room keeps. */
import type { ChatScope } from './chat-scope.ts'
import type { ChatPosted } from './protocol.ts'

type Reads = Pick<ChatScope, 'amend'>

/** Every kept line, oldest first. */
export function eachLine({ amend }: Reads, visit: (line: ChatPosted) => void): void {
  amend(({ type, entry }) => {
    if (type === 'chat.posted') visit(entry as unknown as ChatPosted)
    return undefined
  })
}

/** A line that was not taken out. */
export function findLine(scope: Reads, id: string): ChatPosted | undefined {
  let found: ChatPosted | undefined
  eachLine(scope, (line) => {
    if (line.id === id && line.removed === undefined) found = line
  })
  return found
}
