/** Takes lines out of the kept log, remembers them for an undo, and brings them back (C7). */
import type { ChatPosted } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'

interface Redaction {
  /** The action that takes them out; what it undoes names the same. */
  actionId: string
  at: number
}

/** Everything a person said in any room of a channel. */
export async function redactPerson(
  sql: Sql,
  by: Redaction & { userId: string; channelId: string },
): Promise<void> {
  await sql`
    insert into removed_lines (action_id, room_id, seq, entry, removed_at)
    select ${by.actionId}, l.room_id, l.seq, l.entry, ${new Date(by.at)} from log_entries l
    where l.sender_id = ${by.userId} and l.type = 'chat.posted' and not (l.entry ? 'removed')
      and l.room_id in (select 'live_' || s.id from streams s where s.channel_id = ${by.channelId})
    order by l.at desc limit ${houseLimits.purgedMax}`
  await redactRemembered(sql, by.actionId)
}

/** Lines of one room by their ids. */
export async function redactLines(
  sql: Sql,
  by: Redaction & { roomId: string; ids: readonly string[] },
): Promise<void> {
  await sql`
    insert into removed_lines (action_id, room_id, seq, entry, removed_at)
    select ${by.actionId}, l.room_id, l.seq, l.entry, ${new Date(by.at)} from log_entries l
    where l.room_id = ${by.roomId} and l.type = 'chat.posted' and not (l.entry ? 'removed')
      and l.entry ->> 'id' = any(${by.ids.slice(0, houseLimits.linesMax)})`
  await redactRemembered(sql, by.actionId)
}

/** The newest of what was said in a room so far. */
export async function redactRoom(sql: Sql, by: Redaction & { roomId: string }): Promise<void> {
  await sql`
    insert into removed_lines (action_id, room_id, seq, entry, removed_at)
    select ${by.actionId}, l.room_id, l.seq, l.entry, ${new Date(by.at)} from log_entries l
    where l.room_id = ${by.roomId} and l.type = 'chat.posted' and not (l.entry ? 'removed')
    order by l.seq desc limit ${houseLimits.purgedMax}`
  await redactRemembered(sql, by.actionId)
}

/** Text, quotes of it in answers, and whatever else says what was said. */
async function redactRemembered(sql: Sql, actionId: string): Promise<void> {
  await sql`
    update log_entries l
    set entry = (l.entry - '{replyTo,mentions,emotes,isAction}'::text[])
      || '{"text": "", "removed": "moderator"}'
    from removed_lines r
    where r.action_id = ${actionId} and l.room_id = r.room_id and l.seq = r.seq`
  await sql`
    update log_entries l set entry = jsonb_set(l.entry, '{replyTo,text}', '""')
    from removed_lines r
    where r.action_id = ${actionId} and l.room_id = r.room_id and l.seq > r.seq
      and l.type = 'chat.posted' and l.entry -> 'replyTo' ->> 'id' = r.entry ->> 'id'`
  // An undo before this one said again what was said.
  await sql`
    update log_entries l set entry = jsonb_set(l.entry, '{lines}', (
      select jsonb_agg(case when r.seq is null then line else
        (line - '{replyTo,mentions,emotes,isAction}'::text[])
          || '{"text": "", "removed": "moderator"}' end order by place)
      from jsonb_array_elements(l.entry -> 'lines') with ordinality as said (line, place)
      left join removed_lines r on r.action_id = ${actionId} and r.room_id = l.room_id
        and r.entry ->> 'id' = line ->> 'id'))
    where l.type = 'chat.restored' and l.room_id in (
      select room_id from removed_lines where action_id = ${actionId})`
}

export interface RestoredLine {
  roomId: string
  line: ChatPosted
}

/** Brings back what an action took out, and says what that was. */
export async function restoreLines(sql: Sql, actionId: string): Promise<RestoredLine[]> {
  await sql`
    update log_entries l set entry = r.entry from removed_lines r
    where r.action_id = ${actionId} and l.room_id = r.room_id and l.seq = r.seq
      and l.entry ->> 'removed' = 'moderator'`
  await sql`
    update log_entries l
    set entry = jsonb_set(l.entry, '{replyTo,text}', to_jsonb(left(r.entry ->> 'text', 100)))
    from removed_lines r
    where r.action_id = ${actionId} and l.room_id = r.room_id and l.seq > r.seq
      and l.type = 'chat.posted' and l.entry -> 'replyTo' ->> 'id' = r.entry ->> 'id'`
  const back = await sql<RestoredLine>`
    delete from removed_lines where action_id = ${actionId}
    returning room_id as "roomId", entry as line`
  return back.toSorted((one, other) => one.line.seq - other.line.seq)
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
