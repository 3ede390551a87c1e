/**
 * Engagement over time, for the studio: what each checkpoint of a room adds to the one before, kept
 * by minute of the stream while it is live and after.
 */
import type { StreamNumbers } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'

export const engagementLimits = {
  /** Minutes kept of one stream; the oldest go first. */
  minutesMax: 7 * 24 * 60,
  /** Points of one answer; minutes of longer streams are put together. */
  pointsMax: 720,
} as const

const minuteMs = 60_000

export interface EngagementPoint {
  /** Unix ms at which the point begins. */
  at: number
  /** Average over the time of the point, to a tenth. */
  viewers: number
  messages: number
  reactions: number
  joins: number
}

/**
 * Before the numbers of a live stream are replaced, in the same transaction: their difference goes
 * to the minute in which most of the time between lies.
 */
export async function keepEngagement(
  sql: Sql,
  streamId: string,
  { atMs, numbers }: { atMs: number; numbers: StreamNumbers },
): Promise<void> {
  const [before] = await sql<{
    numbers: StreamNumbers | null
    started_at: number
    since: number
  }>`
    select numbers, floor(extract(epoch from started_at) * 1000)::float8 as started_at,
      floor(extract(epoch from checkpointed_at) * 1000)::float8 as since
    from streams where id = ${streamId} and phase = 'live' for update`
  if (!before || atMs <= before.since) return
  const grown = (of: (numbers: StreamNumbers) => number): number =>
    Math.max(0, of(numbers) - (before.numbers ? of(before.numbers) : 0))
  const middle = (before.since + atMs) / 2
  const minute = Math.max(0, Math.floor((middle - before.started_at) / minuteMs))
  await sql`
    insert into stream_engagement
      (stream_id, minute, covered_ms, viewer_ms, messages, reactions, joins)
    values (${streamId}, ${minute}, ${Math.round(atMs - before.since)},
      ${grown(({ watchMinutes }) => watchMinutes * minuteMs)}, ${grown((of) => of.messages)},
      ${grown((of) => of.reactions)}, ${grown((of) => sum(of.joinsPerMinute))})
    on conflict (stream_id, minute) do update set
      covered_ms = stream_engagement.covered_ms + excluded.covered_ms,
      viewer_ms = stream_engagement.viewer_ms + excluded.viewer_ms,
      messages = stream_engagement.messages + excluded.messages,
      reactions = stream_engagement.reactions + excluded.reactions,
      joins = stream_engagement.joins + excluded.joins`
  await sql`
    delete from stream_engagement
    where stream_id = ${streamId} and minute <= ${minute - engagementLimits.minutesMax}`
}

const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0)

/** Oldest first; as many minutes to a point as keep the points within their bound. */
export async function engagementOf(sql: Sql, streamId: string): Promise<EngagementPoint[]> {
  return await sql<EngagementPoint & Record<string, unknown>>`
    with span as (
      select greatest(1, ceil((max(minute) - min(minute) + 1)::float8
        / ${engagementLimits.pointsMax}))::int as minutes
      from stream_engagement where stream_id = ${streamId}
    )
    select (floor(extract(epoch from s.started_at) * 1000)
        + (e.minute / span.minutes) * span.minutes * ${minuteMs})::float8 as at,
      round((sum(e.viewer_ms) / greatest(1, sum(e.covered_ms)))::numeric, 1)::float8 as viewers,
      sum(e.messages)::int as messages, sum(e.reactions)::int as reactions,
      sum(e.joins)::int as joins
    from stream_engagement e join streams s on s.id = e.stream_id cross join span
    where e.stream_id = ${streamId}
    group by s.started_at, e.minute / span.minutes, span.minutes
    order by e.minute / span.minutes`
}
