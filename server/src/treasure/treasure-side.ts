/** Treasure boxes, put together: the desk that rooms ask, the proofs, what is done now and then. */
import { randomBytes } from 'node:crypto'
import type { Ledger, Logger, TreasureDesk } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import { validate as isUuid } from 'uuid'
import type { Job } from '../jobs/jobs.ts'
import type { Seal } from '../outputs/seal.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { newestBox } from './box-rows.ts'
import { ClaimWriter, knownClaim } from './claim-writer.ts'
import { treasureEndpoints } from './endpoints.ts'
import { fundBox, holdIdOf } from './fund-box.ts'
import { treasurePaces } from './limits.ts'
import { closeBox, settleBox } from './settle-box.ts'
import { tendBoxes } from './tend-boxes.ts'
import { treasureMeter } from './treasure-meter.ts'

export interface TreasureDeps {
  database: Pick<Database, 'sql' | 'prepared' | 'transaction'>
  ledger: Ledger
  now: () => number
  log: Logger
  /** Of seeds: whoever reads the database alone cannot know what wins. */
  seal: Seal
  /** Absent: nothing is counted. */
  registry?: Registry | undefined
}

export interface TreasureSide {
  desk: TreasureDesk
  endpoints: Endpoint[]
  jobs: Job[]
}

export function treasureSide(deps: TreasureDeps): TreasureSide {
  const { database, registry } = deps
  const newSeed = () => randomBytes(32).toString('hex')
  const parts = { ...deps, newSeed, holdIdOf, meter: treasureMeter(registry) }
  const claims = new ClaimWriter(database)
  return {
    desk: {
      async fund(ask) {
        const funded = await fundBox(parts, ask)
        if (!('refused' in funded) || funded.refused !== 'box_there') return funded
        // One whose room is gone holds nobody up for long.
        const before = await newestBox(database.sql, ask.streamId)
        if (before !== undefined) await settleBox(parts, before.box.id)
        return funded
      },
      claim: async (ask) => (isUuid(ask.boxId) ? claims.claim(ask) : { refused: 'no_box' }),
      claimed: async (ask) => {
        const isThere = isUuid(ask.boxId) && isUuid(ask.by.id)
        return isThere ? knownClaim(database.prepared, ask) : null
      },
      close: (boxId) => closeBox(parts, boxId),
      settle: (boxId) => settleBox(parts, boxId),
      async of(streamId) {
        const newest = await newestBox(database.prepared, streamId)
        return newest?.box ?? null
      },
    },
    endpoints: treasureEndpoints(database.sql, deps.now),
    jobs: [
      {
        name: 'treasure.due',
        everyMs: treasurePaces.dueEveryMs,
        run: () => tendBoxes(parts),
      },
    ],
  }
}
