/** How many programs may run at once in the whole house: a place is taken before one is begun. */
import type { Sql } from '../platform/database.ts'
import type { OutputMeter } from './output-meter.ts'
import { outputLimits } from './protocol.ts'

export interface Places {
  /** False: there is none. */
  take(): boolean
  /** Nothing was begun. */
  giveBack(): void
}

/** Of whoever goes on where one ends: its place is theirs. */
export const heldPlace: Places = { take: () => true, giveBack: () => undefined }

interface Asked {
  sql: Sql
  meter: Pick<OutputMeter, 'running'>
  /** Unix ms. */
  now: number
  /** 0: as many as the service takes. */
  runsMax: number
  /** By whoever is about to begin and has not written it down. */
  taken: number
}

/** For one round, in which many streams may begin at the same time. */
export async function placesNow({ sql, meter, now, runsMax, taken }: Asked): Promise<Places> {
  const seenSince = new Date(now - 2 * outputLimits.runSeenEveryMs)
  // Whose worker died is said to run for ever, and holds no place for ever. What was just begun
  // is written down as an output before anybody has seen it run.
  const [row] = await sql<{ count: number }>`
    select count(distinct r.egress_id)::int as count from (
      select egress_id, stream_id from output_runs
      where ended_at is null and seen_at > ${seenSince}
      union
      select egress_id, stream_id from stream_outputs
      where egress_id is not null and state in ('starting', 'live')) as r
    join streams s on s.id = r.stream_id
    where s.phase <> 'ended' or s.ended_at > ${new Date(now - outputLimits.stopMsMax)}`
  let running = (row?.count ?? 0) + taken
  meter.running(running)
  const became = (count: number) => {
    running = count
    meter.running(count)
  }
  return {
    take() {
      if (runsMax > 0 && running >= runsMax) return false
      became(running + 1)
      return true
    },
    giveBack: () => became(running - 1),
  }
}
