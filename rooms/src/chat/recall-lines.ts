/**
 * What slow mode and `unique` know when a room opens again: who spoke when, what was said, from
 * the log and from what waits. No journal has to carry it.
 */
import type { HeldLines } from '../moderation/held-lines.ts'
import { type ChatScope, isCrew } from './chat-scope.ts'
import { eachLine } from './find-line.ts'
import type { LineBody } from './line.ts'
import { type ChatPosted, chatLimits } from './protocol.ts'

interface Recalled {
  readonly body: Pick<LineBody, 'from' | 'text'>
  /** Unix ms at which it was said; undefined where only its showing is known. */
  readonly saidAt: number | undefined
  readonly shownAt: number | undefined
}

type Recalls = Pick<ChatScope, 'amend' | 'chat' | 'world'> & { held: Pick<HeldLines, 'lines'> }

/** Behind the modes: what was shown under the delay was said so much earlier. */
export function recallLines({ amend, chat, held, world }: Recalls): void {
  const now = world.now()
  const oldest = now - Math.max(chatLimits.slowSecondsMax * 1_000, chatLimits.uniqueWindowMs)
  const recalled: Recalled[] = held.lines.map((line) => waiting(line, line.at))
  for (const { body, at } of chat.delayed.all) recalled.push(waiting(body, at))
  eachLine({ amend }, (line) => {
    chat.people.spoke(line.from)
    if (line.at >= oldest) recalled.push(shown(line, isCrew(line.from) ? 0 : chat.delayMs))
  })
  recalled.sort((one, other) => timeOf(one) - timeOf(other))
  for (const { body, saidAt, shownAt } of recalled) {
    const { from, text } = body
    if (saidAt !== undefined) chat.paces.spoke(from.id, Math.min(saidAt, now))
    // What was taken out has no words any more.
    if (text === '') continue
    if (shownAt === undefined) chat.recent.said(from.id, text, Math.min(timeOf({ saidAt }), now))
    else chat.recent.shown(text, Math.min(shownAt, now))
  }
}

const waiting = (body: Recalled['body'], saidAt: number): Recalled => {
  return { body, saidAt, shownAt: undefined }
}

/** One that was held was said nobody knows when before it was let through. */
function shown(line: ChatPosted, delayMs: number): Recalled {
  const saidAt = line.after === undefined ? line.at - delayMs : undefined
  return { body: line, saidAt, shownAt: line.at }
}

const timeOf = ({ saidAt, shownAt }: Partial<Recalled>): number => shownAt ?? saidAt ?? 0
