/**
 * What a channel may have running in a day: each run costs processors and disk. Counted from what
 * ran, so that nothing that was begun elsewhere, or before a crash, is forgotten.
 */
import type { Sql } from '../platform/database.ts'
import type { Egress, EgressRun } from './egress.ts'
import type { OutputStream } from './output-rows.ts'
import { outputLimits } from './protocol.ts'

const dayMs = 24 * 60 * 60_000
/** One that nobody has seen for so long counts until then: what watched it was away. */
const unseen = `${2 * outputLimits.runSeenEveryMs} milliseconds`

interface Watch {
  sql: Sql
  egress: Pick<Egress, 'look'>
  /** Unix ms. */
  now: number
  /** Told before it is written down that the run is over, so that no crash makes it forgotten. */
  finished(run: EgressRun): Promise<void>
}

/**
 * Writes down what runs for a stream, and what ran and is over. Of one that was given up and came
 * back, the time between is not counted.
 */
export async function noteRuns(
  { sql, egress, now, finished }: Watch,
  { id: streamId, channelId }: OutputStream,
  runs: readonly EgressRun[],
): Promise<void> {
  const open = await openOf(sql, streamId)
  for (const { id, startedAt } of runs) {
    const known = open.find(({ egressId }) => egressId === id)
    if (known && now - known.seenAt < outputLimits.runSeenEveryMs) continue
    await sql`
      insert into output_runs (egress_id, channel_id, stream_id, began_at, seen_at)
      values (${id}, ${channelId}, ${streamId}, ${new Date(startedAt || now)}, ${new Date(now)})
      on conflict (egress_id) do update set seen_at = excluded.seen_at, ended_at = null,
        began_at = output_runs.began_at
          + greatest('0', coalesce(excluded.seen_at - output_runs.ended_at, '0'))`
  }
  for (const { egressId } of open) {
    if (runs.some(({ id }) => id === egressId)) continue
    const over = await egress.look(egressId)
    if (over) await finished(over)
    await sql`
      update output_runs set ended_at = ${new Date(over?.endedAt || now)}
      where egress_id = ${egressId}`
  }
}

interface Asked {
  channelId: string
  /** 0: without end. */
  minutesADay: number
  /** Unix ms. */
  now: number
}

/** When a channel that has spent its minutes has new ones, Unix ms; undefined while it has some. */
export async function spentUntil(
  sql: Sql,
  { channelId, minutesADay, now }: Asked,
): Promise<number | undefined> {
  if (minutesADay === 0) return undefined
  const dayStart = now - (now % dayMs)
  const [row] = await sql<{ spentMs: number }>`
    select coalesce(sum(greatest(0, extract(epoch from
      least(coalesce(ended_at, seen_at + ${unseen}::interval), ${new Date(now)}::timestamptz)
      - greatest(began_at, ${new Date(dayStart)}::timestamptz)))), 0)::float8 * 1000 as "spentMs"
    from output_runs where channel_id = ${channelId}
      and coalesce(ended_at, seen_at + ${unseen}::interval) > ${new Date(dayStart)}`
  return (row?.spentMs ?? 0) < minutesADay * 60_000 ? undefined : dayStart + dayMs
}

/** What no day counts any more; of a stream that is live, what was given up is known on. */
export async function forgetRuns(sql: Sql, now: number): Promise<void> {
  await sql`
    delete from output_runs r where seen_at < ${new Date(now - 2 * dayMs)}
      and not exists (select from streams s where s.id = r.stream_id and s.phase = 'live')`
}

/** Since when each is over that ran for a stream, or was given up; by id, Unix ms. */
export async function overOf(sql: Sql, streamId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ egressId: string; endedAt: number }>`
    select egress_id as "egressId", floor(extract(epoch from ended_at) * 1000)::float8 as "endedAt"
    from output_runs where stream_id = ${streamId} and ended_at is not null`
  return new Map(rows.map(({ egressId, endedAt }) => [egressId, endedAt]))
}

interface OpenRun {
  egressId: string
  seenAt: number
}

const openOf = (sql: Sql, streamId: string) => sql<OpenRun>`
  select egress_id as "egressId", floor(extract(epoch from seen_at) * 1000)::float8 as "seenAt"
  from output_runs where stream_id = ${streamId} and ended_at is null`
