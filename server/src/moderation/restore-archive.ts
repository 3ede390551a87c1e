/** Brings lines back that an action took out of the kept log, a bounded step at a time. */
import type { StandingRemoval } from '@odeon/rooms/ports'
import { chatLimits, type ChatPosted } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'
import { coverOf } from './standing-removals.ts'

export interface RestoredLine {
  roomId: string
  line: ChatPosted
}

interface Out extends RestoredLine {
  seq: string
  /** As it is kept beside the entry, Unix ms. */
  at: number
  senderId: string | null
}

/** What an undo takes back, and what else stands. */
export interface Restoring {
  actionId: string
  standing: readonly StandingRemoval[]
}

/** One step, the newest first: what was brought back, oldest first, and whether more is out. */
export async function restoreStep(
  sql: Sql,
  { actionId, standing }: Restoring,
): Promise<{ lines: RestoredLine[]; more: boolean }> {
  const some = await sql<{ room_id: string; seq: string }>`
    select room_id, seq from removed_lines where action_id = ${actionId}
    order by room_id desc, seq desc limit ${houseLimits.redactedAtOnceMax}`
  const out = await sql<Out>`
    delete from removed_lines r
    using unnest(${some.map((one) => one.room_id)}::text[],
      ${some.map((one) => one.seq)}::bigint[]) as back (room_id, seq)
    join log_entries l on l.room_id = back.room_id and l.seq = back.seq
    where r.action_id = ${actionId} and r.room_id = back.room_id and r.seq = back.seq
    returning r.room_id as "roomId", r.seq, r.entry as line, l.sender_id as "senderId",
      floor(extract(epoch from l.at) * 1000)::float8 as at`
  const covering = Map.groupBy(out, (one) => coverOfOut(one, standing))
  const back = covering.get(undefined) ?? []
  covering.delete(undefined)
  for (const [cover, left] of covering) if (cover) await leaveTo(sql, cover, left)
  const lines = back
    .toSorted((one, other) => one.line.seq - other.line.seq)
    .map(({ roomId, line }) => ({ roomId, line }))
  if (lines.length > 0) await putBack(sql, lines)
  return { lines, more: some.length === houseLimits.redactedAtOnceMax }
}

function coverOfOut(
  { roomId, line, senderId, at }: Out,
  standing: readonly StandingRemoval[],
): StandingRemoval | undefined {
  return coverOf({ roomId, id: line.id, at, senderId: senderId ?? '' }, standing)
}

/** They stay out, and come back when that is undone. */
async function leaveTo(sql: Sql, cover: StandingRemoval, left: readonly Out[]): Promise<void> {
  await sql`
    insert into removed_lines (action_id, room_id, seq, entry, removed_at)
    select ${cover.actionId}, l.room_id, l.seq, l.entry, ${new Date(cover.at)}
    from unnest(${left.map(({ roomId }) => roomId)}::text[],
      ${left.map(({ seq }) => seq)}::bigint[],
      ${left.map(({ line }) => JSON.stringify(line))}::jsonb[]) as l (room_id, seq, entry)
    on conflict do nothing`
}

async function putBack(sql: Sql, back: readonly RestoredLine[]): Promise<void> {
  const rooms = back.map(({ roomId }) => roomId)
  const seqs = back.map(({ line }) => line.seq)
  await sql`
    update log_entries l set entry = back.entry
    from unnest(${rooms}::text[], ${seqs}::bigint[],
      ${back.map(({ line }) => JSON.stringify(line))}::jsonb[]) as back (room_id, seq, entry)
    where l.room_id = back.room_id and l.seq = back.seq and l.entry ->> 'removed' = 'moderator'`
  await sql`
    update log_entries l set entry = jsonb_set(l.entry, '{replyTo,text}', to_jsonb(back.text))
    from unnest(${rooms}::text[], ${back.map(({ line }) => line.id)}::text[],
      ${back.map(({ line }) => quoteOf(line))}::text[]) as back (room_id, id, text)
    where l.room_id = back.room_id and l.type = 'chat.posted'
      and l.entry -> 'replyTo' ->> 'id' = back.id`
  await blankGoneQuotes(sql, back)
}

const quoteOf = ({ text }: ChatPosted) => [...text].slice(0, chatLimits.quotedCharsMax).join('')

/** What they answer may have been taken out by somebody else, and stays out. */
async function blankGoneQuotes(sql: Sql, back: readonly RestoredLine[]): Promise<void> {
  const quoting = back.filter(({ line }) => line.replyTo !== undefined && line.replyTo.text !== '')
  if (quoting.length === 0) return
  const quoted = quoting.flatMap(({ line }) => line.replyTo?.id ?? [])
  const rooms = [...new Set(quoting.map(({ roomId }) => roomId))]
  const gone = await sql<{ id: string }>`
    select entry ->> 'id' as id from log_entries
    where room_id = any(${rooms}) and type = 'chat.posted' and entry ->> 'id' = any(${quoted})
      and entry ? 'removed'`
  if (gone.length === 0) return
  await sql`
    update log_entries l set entry = jsonb_set(l.entry, '{replyTo,text}', '""')
    where room_id = any(${rooms}) and type = 'chat.posted'
      and l.entry -> 'replyTo' ->> 'id' = any(${gone.map(({ id }) => id)})`
}

/** Forgets lines that nobody can bring back any more. */
export async function forgetRemoved(sql: Sql, now: number): Promise<number> {
  const before = new Date(now - houseLimits.removedKeptMs)
  let forgotten = 0
  for (let isFull = true; isFull; ) {
    const gone = await sql`
      delete from removed_lines where (action_id, room_id, seq) in (
        select action_id, room_id, seq from removed_lines
        where removed_at < ${before} limit ${houseLimits.forgottenAtOnceMax})
      returning seq`
    forgotten += gone.length
    isFull = gone.length === houseLimits.forgottenAtOnceMax
  }
  return forgotten
}
