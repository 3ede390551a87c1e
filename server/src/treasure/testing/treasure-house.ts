/** What keeps treasure boxes on a database, with a clock, for tests. */
import { randomUUID } from 'node:crypto'
import { treasureLimits } from '@odeon/rooms'
import type { TreasureFunding, TreasureRecord } from '@odeon/rooms/ports'
import type { Database } from '../../platform/database.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { sealWith } from '../../outputs/seal.ts'
import { expireHolds } from '../../wallet/expire-holds.ts'
import { postgresLedger } from '../../wallet/postgres-ledger.ts'
import { treasurePaces } from '../limits.ts'
import { treasureSide } from '../treasure-side.ts'

type Part = Pick<Database, 'sql' | 'transaction' | 'prepared' | 'preparedTransaction'>

const opensInMs = 60_000
const testKey = Buffer.alloc(32, 7)
const openMs = 30_000

export function treasureHouse(database: Part, clock = { now: Date.UTC(2030, 0, 1) }) {
  const now = () => clock.now
  const limits = { retryAfterMs: 1, retryAfterMsMax: 4, batchEveryMs: 0 }
  const ledger = postgresLedger({ database, now, log: quietLog, limits })
  const side = treasureSide({ database, ledger, now, log: quietLog, seal: sealWith([], testKey) })
  const { desk } = side
  return {
    ...side,
    clock,
    ledger,
    pass: (ms: number) => void (clock.now += ms),
    async fill(userId: string, amount: number) {
      const from = { kind: 'gateway', currency: 'coin' } as const
      const to = { kind: 'user', userId, currency: 'coin' } as const
      const movement = { do: 'post', legs: [{ from, to, amount }] } as const
      await ledger.transfer({ id: randomUUID(), by: 'test', kind: 'topup', movement })
    },
    /** What the upkeep does now and then. */
    tend: () => side.jobs[0]?.run(),
    expire: () => expireHolds({ sql: database.sql, ledger, now, log: quietLog }),
    fund: (funderId: string, more: Partial<TreasureFunding> = {}) =>
      desk.fund({
        id: randomUUID(),
        streamId: randomUUID(),
        funder: { id: funderId, name: 'Host' },
        coins: 100,
        shares: 3,
        opensInMs,
        openMs,
        isLive: true,
        ...more,
      }),
    claim: (boxId: string, userId: string, luck = `luck-of-${userId}`, askedAt = clock.now) =>
      desk.claim({ boxId, by: { id: userId, name: 'Viewer' }, luck, askedAt }),
    toOpening: (box: TreasureRecord) => void (clock.now = box.opensAt),
    /** Past the moment at which a room would have it drawn, and the upkeep does. */
    toDraw(box: TreasureRecord) {
      clock.now = box.endsAt + treasureLimits.tallyMs + treasurePaces.roomFirstMs
    },
  }
}
export type TreasureHouse = ReturnType<typeof treasureHouse>

/** The box, or what is wrong. */
export async function filled(funded: ReturnType<TreasureHouse['fund']>): Promise<TreasureRecord> {
  const answered = await funded
  if ('refused' in answered) throw new Error(answered.refused)
  return answered.box
}
