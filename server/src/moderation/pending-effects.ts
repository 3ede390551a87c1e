/**
 * What a decision leaves to be done outside its transaction, written with it and done after it. A
 * process that dies between the two leaves the row; whoever comes next carries it out. Each kind
 * looks at how things are, so doing it twice does it once.
 */
import type { NewNotice } from '../notices/post-notices.ts'
import type { LetterSays } from '../mail/suspension-letter.ts'
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'
import type { Place, Redaction } from './redact-archive.ts'

export type Effect =
  /** An account was suspended or is so no more: sign-ins, rooms and what is remembered follow. */
  | { kind: 'account'; userId: string }
  | { kind: 'end_stream'; streamId: string }
  /** The rest of a purge or a clear, from `next` on. */
  | { kind: 'redact'; actionId: string; at: number; of: Redaction['of']; next: Place }
  /** People are told in the app. */
  | { kind: 'notice'; userIds: string[]; notice: NewNotice }
  /** A letter to a confirmed address, about a suspension; `at` is when it was decided. */
  | { kind: 'letter'; userId: string; says: LetterSays; sanctionId: string; at: number }
  /** The rest of their undo; the room that undid it has put back its own. */
  | {
      kind: 'restore'
      actionId: string
      channelId: string | null
      actingRoomId: string | null
    }

/** Call it in the transaction of the decision, and `carryOut` with its id after the commit. */
export async function leaveEffect(
  sql: Sql,
  { id, at }: { id: string; at: number },
  { kind, ...facts }: Effect,
): Promise<string> {
  await sql`
    insert into pending_effects (id, kind, facts, created_at, due_at)
    values (${id}, ${kind}, ${JSON.stringify(facts)}, ${new Date(at)},
      ${new Date(at + houseLimits.effectOwnMs)})`
  return id
}

/** Locks it until the transaction ends; null when it is done, or was called off. */
export async function holdEffect(sql: Sql, id: string): Promise<Effect | null> {
  const [row] = await sql<{ kind: Effect['kind']; facts: object }>`
    select kind, facts from pending_effects where id = ${id} for update`
  return row ? ({ kind: row.kind, ...row.facts } as Effect) : null
}

export async function goOnFrom(
  sql: Sql,
  { id, at, next }: { id: string; at: number; next: Place },
): Promise<void> {
  await sql`
    update pending_effects set facts = facts || ${JSON.stringify({ next })}::jsonb, failures = 0,
      due_at = ${new Date(at + houseLimits.effectOwnMs)}
    where id = ${id}`
}

export async function finishEffect(sql: Sql, id: string): Promise<void> {
  await sql`delete from pending_effects where id = ${id}`
}

/** Ends a purge that is still under way; a step that runs is waited for. */
export async function callOffRedaction(sql: Sql, actionId: string): Promise<void> {
  await sql`
    delete from pending_effects where kind = 'redact' and facts ->> 'actionId' = ${actionId}`
}

/** It will be tried again, later each time. */
export async function putOffEffect(sql: Sql, id: string, now: number): Promise<void> {
  const { effectRetryMs, effectRetryMsMax } = houseLimits
  await sql`
    update pending_effects set failures = failures + 1, due_at = ${new Date(now)}::timestamptz
      + least(${effectRetryMs} * power(2, least(failures, 20)), ${effectRetryMsMax})
        * interval '1 millisecond'
    where id = ${id}`
}

/** The oldest first; `now` null is all there are, whoever wrote them. */
export async function effectsDue(sql: Sql, now: number | null): Promise<string[]> {
  const due = await sql<{ id: string }>`
    select id from pending_effects
    where ${now === null}::boolean or due_at <= ${new Date(now ?? 0)}
    order by created_at, id limit ${houseLimits.effectsAtOnceMax}`
  return due.map(({ id }) => id)
}
