/** Takes lines out of everything the room keeps, quotes of them included, and puts them back. */
import type { LogRecord } from '../ports.ts'
import type { ChatScope } from './chat-scope.ts'
import { eachLine } from './find-line.ts'
import { type ChatPosted, type ChatRestored, chatLimits } from './protocol.ts'

/** What was taken out, as it was. */
export interface Redaction {
  lines: ChatPosted[]
  /** Lines that quoted them. */
  quotes: ChatPosted[]
}

type Change = LogRecord['entry'] | undefined

export function redact(
  scope: ChatScope,
  isIt: (line: ChatPosted) => boolean,
  by: 'moderator' | 'author',
): Redaction {
  const ids = new Set<string>()
  const changed = scope.amend(({ type, entry }) => {
    if (type === 'chat.restored') return withoutLines(entry, ids, by)
    if (type !== 'chat.posted') return undefined
    const line = lineOf(entry)
    if (line.removed === undefined && isIt(line)) {
      ids.add(line.id)
      return entryOf(blank(line, by))
    }
    const { replyTo } = line
    if (replyTo === undefined || replyTo.text === '' || !ids.has(replyTo.id)) return undefined
    return entryOf({ ...line, replyTo: { ...replyTo, text: '' } })
  })
  if (ids.has(scope.state.chat.pinned.id)) unpin(scope)
  const were = changed
    .filter(({ type }) => type === 'chat.posted')
    .map(({ entry }) => lineOf(entry))
  return {
    lines: were.filter(({ id }) => ids.has(id)),
    quotes: were.filter(({ id }) => !ids.has(id)),
  }
}

/** Puts back what is still out, and tells the newest of it to everybody. */
export function restore(scope: ChatScope, { lines, quotes }: Redaction): void {
  const back = new Map(lines.map((line) => [line.seq, line]))
  const quoting = new Map(quotes.map((line) => [line.seq, line]))
  const gone = goneIds(scope, lines)
  const restored: ChatPosted[] = []
  scope.amend(({ type, entry }) => {
    if (type !== 'chat.posted') return undefined
    const line = lineOf(entry)
    const was = back.get(line.seq)
    if (was !== undefined && line.removed !== undefined) {
      const whole = withoutGoneQuote(was, gone)
      restored.push(whole)
      return entryOf(whole)
    }
    const { replyTo } = quoting.get(line.seq) ?? {}
    if (replyTo === undefined || line.removed !== undefined || gone.has(replyTo.id))
      return undefined
    return entryOf({ ...line, replyTo })
  })
  const shown = restored.slice(-chatLimits.restoredMax)
  for (let at = 0; at < shown.length; at += chatLimits.restoredAtOnce) {
    const some = shown.slice(at, at + chatLimits.restoredAtOnce)
    scope.announce('chat.restored', { lines: some })
  }
}

export function unpin(scope: ChatScope): void {
  scope.chat.pinnedFrom = ''
  scope.state.chat.pinned.assign({ id: '', name: '', text: '', by: '', until: 0 })
}

/** Lines that are out and stay out. */
function goneIds(scope: ChatScope, lines: readonly ChatPosted[]): Set<string> {
  const gone = new Set<string>()
  eachLine(scope, ({ id, removed }) => {
    if (removed !== undefined) gone.add(id)
  })
  for (const { id } of lines) gone.delete(id)
  return gone
}

function withoutGoneQuote(line: ChatPosted, gone: ReadonlySet<string>): ChatPosted {
  const { replyTo } = line
  if (replyTo === undefined || !gone.has(replyTo.id)) return line
  return { ...line, replyTo: { ...replyTo, text: '' } }
}

/** An undo's entry says again what was said; taken out once more, it must not. */
function withoutLines(
  entry: LogRecord['entry'],
  ids: ReadonlySet<string>,
  by: 'moderator' | 'author',
): Change {
  const { lines } = entry as unknown as ChatRestored
  if (!lines.some(({ id, replyTo }) => ids.has(id) || ids.has(replyTo?.id ?? ''))) return undefined
  const clean = lines.map((line) =>
    ids.has(line.id) ? blank(line, by) : withoutGoneQuote(line, ids),
  )
  return { ...entry, lines: clean }
}

function blank({ seq, at, id, from, after }: ChatPosted, by: 'moderator' | 'author'): ChatPosted {
  return { seq, at, id, from, text: '', removed: by, ...(after !== undefined && { after }) }
}

const lineOf = (entry: LogRecord['entry']): ChatPosted => entry as unknown as ChatPosted
const entryOf = (line: ChatPosted): Change => line as unknown as LogRecord['entry']
