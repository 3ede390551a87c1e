/**
 * Takes lines out of the kept log and remembers them for an undo (C7), a bounded step at a time:
 * each is a transaction of its own and says where the next one goes on.
 */
import { liveRoomId } from '@odeon/rooms'
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'

/** What is taken out. Lines said after `at` stay. */
export interface Redaction {
  /** The action that takes them out; what it undoes names the same. */
  actionId: string
  /** Unix ms. */
  at: number
  of: { userId: string; channelId: string } | { roomId: string }
}

/** The last entry a step looked at; the next one goes on before it, towards the oldest. */
export interface Place {
  roomId: string
  seq: string
  /** As PostgreSQL writes it, to the microsecond. */
  at: string
}

export interface RedactedStep {
  /** Ids of the lines this step took out, by their room. */
  taken: { roomId: string; ids: string[] }[]
  /** Null when there is nothing older. */
  next: Place | null
}

/** An entry that a step looked at. */
interface Seen {
  room_id: string
  seq: string
  at: string
  is_line: boolean
}

/** A line that was taken out. */
interface Taken {
  room_id: string
  seq: string
  id: string
}

/** One step: at most `redactedAtOnceMax` entries are looked at, the newest first. */
export async function redactStep(
  sql: Sql,
  { of, actionId, at }: Redaction,
  from: Place | null,
): Promise<RedactedStep> {
  const before = from ?? { at: new Date(at + 1), roomId: '', seq: '0' }
  const seen =
    'roomId' in of
      ? await seenInRoom(sql, of.roomId, { at: new Date(at + 1), seq: from?.seq })
      : await seenOfPerson(sql, of.userId, before)
  const lines = seen.filter((one) => one.is_line)
  const meant = 'roomId' in of ? lines : await inChannel(sql, lines, of.channelId)
  const taken = await takeOut(sql, { actionId, at }, meant)
  await blank(sql, taken)
  const last = seen.at(-1)
  const isFull = seen.length === houseLimits.redactedAtOnceMax
  const rooms = Map.groupBy(taken, (one) => one.room_id)
  return {
    taken: Array.from(rooms, ([roomId, some]) => ({ roomId, ids: some.map(({ id }) => id) })),
    next: isFull && last ? { roomId: last.room_id, seq: last.seq, at: last.at } : null,
  }
}

/** Lines of one room by their ids. */
export async function redactLines(
  sql: Sql,
  { actionId, at, roomId, ids }: { actionId: string; at: number; roomId: string; ids: string[] },
): Promise<void> {
  const lines = await sql<Seen>`
    select room_id, seq, at, true as is_line from log_entries l
    where l.room_id = ${roomId} and l.type = 'chat.posted' and not (l.entry ? 'removed')
      and l.entry ->> 'id' = any(${ids.slice(0, houseLimits.linesMax)})`
  await blank(sql, await takeOut(sql, { actionId, at }, lines))
}

// The statements below are apart from each other so that none of them guesses how many rows the
// one before it found: a step costs the same in a log of any length.

/** Everything a person caused anywhere, by its key. */
async function seenOfPerson(
  sql: Sql,
  userId: string,
  before: { at: string | Date; roomId: string; seq: string },
): Promise<Seen[]> {
  return await sql<Seen>`
    select l.room_id, l.seq, l.at,
      l.type = 'chat.posted' and not (l.entry ? 'removed') as is_line
    from log_entries l
    where l.sender_id = ${userId}
      and (l.at, l.room_id, l.seq) < (${before.at}, ${before.roomId}, ${before.seq})
    order by l.at desc, l.room_id desc, l.seq desc limit ${houseLimits.redactedAtOnceMax}`
}

async function seenInRoom(
  sql: Sql,
  roomId: string,
  before: { at: Date; seq: string | undefined },
): Promise<Seen[]> {
  return await sql<Seen>`
    select l.room_id, l.seq, l.at,
      l.type = 'chat.posted' and not (l.entry ? 'removed') as is_line
    from log_entries l
    where l.room_id = ${roomId} and l.at < ${before.at}
      and l.seq < ${before.seq ?? Number.MAX_SAFE_INTEGER}
    order by l.seq desc limit ${houseLimits.redactedAtOnceMax}`
}

async function inChannel(sql: Sql, lines: Seen[], channelId: string): Promise<Seen[]> {
  const prefix = liveRoomId('')
  const rooms = new Set(lines.map((line) => line.room_id))
  const streamIds = [...rooms].flatMap((roomId) =>
    roomId.startsWith(prefix) ? [roomId.slice(prefix.length)] : [],
  )
  const here = await sql<{ id: string }>`
    select id from streams where channel_id = ${channelId} and id = any(${streamIds}::uuid[])`
  const wanted = new Set(here.map(({ id }) => liveRoomId(id)))
  return lines.filter((line) => wanted.has(line.room_id))
}

async function takeOut(
  sql: Sql,
  { actionId, at }: { actionId: string; at: number },
  lines: readonly Seen[],
): Promise<Taken[]> {
  if (lines.length === 0) return []
  return await sql<Taken>`
    insert into removed_lines (action_id, room_id, seq, entry, removed_at)
    select ${actionId}, l.room_id, l.seq, l.entry, ${new Date(at)}
    from unnest(${lines.map((line) => line.room_id)}::text[],
      ${lines.map((line) => line.seq)}::bigint[]) as meant (room_id, seq)
    join log_entries l on l.room_id = meant.room_id and l.seq = meant.seq
    where not (l.entry ? 'removed')
    returning room_id, seq, entry ->> 'id' as id`
}

/** Text, quotes of it in answers, and whatever else says what was said. */
async function blank(sql: Sql, taken: readonly Taken[]): Promise<void> {
  if (taken.length === 0) return
  const rooms = taken.map((one) => one.room_id)
  const seqs = taken.map((one) => one.seq)
  const ids = taken.map((one) => one.id)
  await sql`
    update log_entries l
    set entry = (l.entry - '{replyTo,mentions,emotes,isAction}'::text[])
      || '{"text": "", "removed": "moderator"}'
    from unnest(${rooms}::text[], ${seqs}::bigint[]) as taken (room_id, seq)
    where l.room_id = taken.room_id and l.seq = taken.seq`
  await sql`
    update log_entries l set entry = jsonb_set(l.entry, '{replyTo,text}', '""')
    from unnest(${rooms}::text[], ${ids}::text[]) as taken (room_id, id)
    where l.room_id = taken.room_id and l.type = 'chat.posted'
      and l.entry -> 'replyTo' ->> 'id' = taken.id`
  // An undo before this one said again what was said.
  await sql`
    update log_entries l set entry = jsonb_set(l.entry, '{lines}', (
      select jsonb_agg(
        case
          when line ->> 'id' = any(${ids}) then
            (line - '{replyTo,mentions,emotes,isAction}'::text[])
              || '{"text": "", "removed": "moderator"}'
          when line -> 'replyTo' ->> 'id' = any(${ids}) then
            jsonb_set(line, '{replyTo,text}', '""')
          else line
        end order by place)
      from jsonb_array_elements(l.entry -> 'lines') with ordinality as said (line, place)))
    where l.type = 'chat.restored' and l.room_id = any(${[...new Set(rooms)]})
      and exists (select from jsonb_array_elements(l.entry -> 'lines') as line
        where line ->> 'id' = any(${ids}) or line -> 'replyTo' ->> 'id' = any(${ids}))`
}
