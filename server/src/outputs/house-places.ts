/** How many programs may run at once in the whole house: a place is taken before one is begun. */
import type { Sql } from '../platform/database.ts'
import type { OutputMeter } from './output-meter.ts'
import { outputLimits } from './protocol.ts'
import type { OutputSettings } from './settings.ts'

export interface Places {
  /** False: there is none. */
  take(): boolean
  /** What was begun is written down under this id, and counted by that from now on. */
  written(id: string): void
  /** Nothing was begun. */
  giveBack(): void
}

/** Of whoever goes on where one ends: its place is theirs. */
export const heldPlace: Places = {
  take: () => true,
  written: () => undefined,
  giveBack: () => undefined,
}

/** One count for all that begin, in whichever round. */
export interface HousePlaces extends Places {
  /** Counts anew what is written down. Unix ms. */
  recount(now: number): Promise<void>
}

interface HousePlacesDeps {
  sql: Sql
  meter: Pick<OutputMeter, 'running'>
  /** `runsMax` is 0: as many as the service takes. */
  settings: Pick<OutputSettings, 'runsMax'>
}

export function housePlaces({ sql, meter, settings }: HousePlacesDeps): HousePlaces {
  let running: ReadonlySet<string> = new Set()
  /** Since the last count began, which may not have seen them. */
  let lately = new Set<string>()
  /** By whoever is about to begin and has not written it down. */
  let taken = 0
  const all = () => new Set([...running, ...lately]).size + taken
  const became = (count: number) => {
    taken = count
    meter.running(all())
  }
  return {
    async recount(now) {
      running = new Set([...running, ...lately])
      lately = new Set()
      running = new Set((await runningIn(sql, now)).map(({ id }) => id))
      meter.running(all())
    },
    take() {
      if (settings.runsMax > 0 && all() >= settings.runsMax) return false
      became(taken + 1)
      return true
    },
    written(id) {
      lately.add(id)
      became(taken - 1)
    },
    giveBack: () => became(taken - 1),
  }
}

/** Whose worker died is said to run for ever, and holds no place for ever. */
function runningIn(sql: Sql, now: number) {
  const seenSince = new Date(now - 2 * outputLimits.runSeenEveryMs)
  // What was just begun is written down as an output before anybody has seen it run.
  return sql<{ id: string }>`
    select distinct r.egress_id as id from (
      select egress_id, stream_id from output_runs
      where ended_at is null and seen_at > ${seenSince}
      union
      select egress_id, stream_id from stream_outputs
      where egress_id is not null and state in ('starting', 'live')) as r
    join streams s on s.id = r.stream_id
    where s.phase <> 'ended' or s.ended_at > ${new Date(now - outputLimits.stopMsMax)}`
}
