/** What time does to chat, about once a second, and what the server asks of it. */
import { expirePin } from '../chat/pin-line.ts'
import { postDue } from '../chat/post-line.ts'
import { eachLine } from '../chat/find-line.ts'
import type { ChatPosted } from '../chat/protocol.ts'
import { redact, restore, unpin } from '../chat/redact-lines.ts'
import { expireHeld } from '../moderation/hold-line.ts'
import { purgeLines } from '../moderation/purge-lines.ts'
import { Refusal } from '../kit/refusal.ts'
import { endBy } from './end-stream.ts'
import type { LiveScope } from './live-scope.ts'

export function tendChat(scope: LiveScope, now: number): void {
  const { actions, chat, standings } = scope
  postDue(scope)
  expireHeld(scope)
  expirePin(scope)
  chat.paces.expire(now)
  chat.recent.expire(now)
  actions.expire(now)
  for (const userId of standings.expire(now)) {
    // The record says whether something else stands.
    scope.aside(scope.refresh(userId), 'how somebody stands was not read again')
  }
}

/** A person is purged in another room of the channel: here, too, if there is something. */
export function purgePerson(scope: LiveScope, userId: string): void {
  let hasSpoken = scope.chat.delayed.all.some(({ body }) => body.from.id === userId)
  hasSpoken ||= scope.chat.pinnedFrom === userId
  hasSpoken ||= scope.held.lines.some(({ from }) => from.id === userId)
  eachLine(scope, ({ from, removed }) => {
    if (from.id === userId && removed === undefined) hasSpoken = true
  })
  if (hasSpoken) purgeLines(scope, userId)
}

/** Lines that the house decided against. */
export function removeLines(scope: LiveScope, ids: readonly string[]): void {
  const wanted = new Set(ids)
  if (wanted.has(scope.state.chat.pinned.id)) unpin(scope)
  const { lines } = redact(scope, ({ id }) => wanted.has(id), 'moderator')
  if (lines.length === 0) return
  scope.announce('chat.removed', { ids: lines.map(({ id }) => id), by: 'moderator' })
}

/** A decision about lines was taken back: they stand again, as they were. */
export function restoreLines(scope: LiveScope, lines: ChatPosted[]): void {
  restore(scope, { lines, quotes: [] })
}

/** Staff end the stream. False when it was not live. */
export async function endByHouse(scope: LiveScope): Promise<boolean> {
  try {
    await endBy(scope, 'staff')
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Nobody leads any more. A room that another process may have is that one's to end. */
export function endAbandoned(scope: LiveScope): void {
  if (scope.isCutOff()) return
  scope.aside(endBy(scope, 'absence'), 'a stream that nobody leads was not ended')
}
