/** Whether somebody is not to be challenged: they said no lately, or one has blocked the other. */
import { battleLimits } from '@odeon/rooms'
import type { StreamFacts } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'

/** Taken back so often within that time counts as a no, too. */
const takenBackMax = 3

/** The first of the streams challenges the others. */
export async function isTurnedDown(
  sql: Sql,
  { streams, now }: { streams: readonly StreamFacts[]; now: number },
): Promise<boolean> {
  const [own, ...rivals] = streams
  const since = new Date(now - battleLimits.againAfterMs - battleLimits.inviteMs)
  const hosts = rivals.map(({ hostId }) => hostId)
  const [row] = await sql<{ is_down: boolean; is_blocked: boolean }>`
    with asked as (
      select record->'outcome'->>'end' as how
      from battles b
      where invited_at > ${since} and record->>'by' = ${own?.id}
        and (record->'outcome'->>'at')::float8 > ${now - battleLimits.againAfterMs}::float8
        and exists (select from battle_sides s
          where s.battle_id = b.id and s.stream_id = any(${rivals.map(({ id }) => id)}::uuid[]))
    )
    select (count(*) filter (where how in ('rejected', 'expired')) > 0
        or count(*) filter (where how = 'cancelled') >= ${takenBackMax}) as is_down,
      exists (select from blocks
        where (blocker_id = ${own?.hostId} and blocked_id = any(${hosts}::uuid[]))
          or (blocked_id = ${own?.hostId} and blocker_id = any(${hosts}::uuid[]))) as is_blocked
    from asked`
  return row?.is_down === true || row?.is_blocked === true
}
