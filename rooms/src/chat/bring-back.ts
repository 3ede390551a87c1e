/** Lines that were taken out return, but for what something else that stands covers. */
import type { StandingRemoval } from '../ports.ts'
import type { ChatScope } from './chat-scope.ts'
import type { ChatPosted } from './protocol.ts'
import { type Redaction, restore } from './redact-lines.ts'

export function bringBack(
  scope: ChatScope,
  { lines, quotes }: Redaction,
  standing: readonly StandingRemoval[],
): void {
  const covering = Map.groupBy(lines, (line) => coverOf(line, standing)?.actionId)
  restore(scope, { lines: covering.get(undefined) ?? [], quotes })
  for (const [actionId, left] of covering) {
    if (actionId !== undefined) scope.actions.leaveTo(actionId, { lines: left, quotes })
  }
}

function coverOf(
  { id, at, from }: ChatPosted,
  standing: readonly StandingRemoval[],
): StandingRemoval | undefined {
  return standing.find(({ of, at: until }) => {
    if ('lineIds' in of) return of.lineIds.includes(id)
    return at <= until && ('userId' in of ? of.userId === from.id : true)
  })
}
