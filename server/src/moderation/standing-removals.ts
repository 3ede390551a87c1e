/**
 * What else takes lines out of a channel and was not undone: an undo brings back only what none of
 * it covers, and leaves the rest to the newest that does.
 */
import { liveRoomId } from '@odeon/rooms'
import type { StandingRemoval } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'

/** A line that was taken out, by whom it was said, where and when. */
interface OutLine {
  roomId: string
  id: string
  senderId: string
  /** Unix ms. */
  at: number
}

interface Row {
  id: string
  at: number
  kind: string
  target_id: string | null
  stream_id: string | null
  line_ids: string[]
}

/**
 * The newest first. What is older than removed lines are kept is through with its own and can be
 * undone no more.
 */
export async function standingRemovals(
  sql: Sql,
  of: { channelId: string | null; apartFrom: string; now: number },
): Promise<StandingRemoval[]> {
  if (of.channelId === null) return []
  const rows = await sql<Row>`
    select a.id, a.kind, a.target_id, a.stream_id,
      floor(extract(epoch from a.at) * 1000)::float8 as at,
      array(select line ->> 'id' from jsonb_array_elements(a.lines) as line) as line_ids
    from moderation_actions a
    where a.channel_id = ${of.channelId} and a.id <> ${of.apartFrom}
      and a.at > ${new Date(of.now - houseLimits.removedKeptMs)}
      and (a.kind in ('purge', 'clear', 'delete') or a.details ->> 'purge' = 'true')
      and not exists (select from moderation_actions u where u.undoes = a.id)
    order by a.at desc, a.id desc limit ${houseLimits.standingRemovalsMax}`
  return rows.flatMap((row): StandingRemoval[] => {
    const { id: actionId, at, kind, target_id: userId, stream_id: streamId } = row
    if (kind === 'clear') return streamId ? [{ actionId, at, of: { streamId } }] : []
    if (kind === 'delete') return [{ actionId, at, of: { lineIds: row.line_ids } }]
    return userId ? [{ actionId, at, of: { userId } }] : []
  })
}

/** Those of them that say something about the room of a stream. */
export function standingIn(streamId: string, all: readonly StandingRemoval[]): StandingRemoval[] {
  return all.filter(({ of }) => !('streamId' in of) || of.streamId === streamId)
}

/** The newest that covers a line. */
export function coverOf(
  { roomId, id, senderId, at }: OutLine,
  all: readonly StandingRemoval[],
): StandingRemoval | undefined {
  return all.find(({ of, at: until }) => {
    if ('lineIds' in of) return of.lineIds.includes(id)
    if (at > until) return false
    return 'userId' in of ? of.userId === senderId : liveRoomId(of.streamId) === roomId
  })
}
