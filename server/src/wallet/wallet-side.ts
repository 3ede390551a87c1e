/** The wallet, put together: the ledger, what is read of it, what follows from it. */
import type { Ledger, Logger, WalletWatch } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import type { Presence } from '../lobby/directory.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { type LedgerListener, startDrain } from './drain-outbox.ts'
import { walletEndpoints } from './endpoints.ts'
import { keepHoldsTidy } from './expire-holds.ts'
import { ledgerMeter } from './ledger-meter.ts'
import { postgresLedger } from './postgres-ledger.ts'
import { type WalletReads, walletReads } from './wallet-reads.ts'
import { walletSignals } from './wallet-signals.ts'

export interface WalletDeps {
  database: Pick<Database, 'sql' | 'prepared' | 'transaction' | 'preparedTransaction'>
  presence: Presence
  now: () => number
  log: Logger
  registry?: Registry | undefined
}

export interface WalletSide {
  ledger: Ledger
  reads: WalletReads
  watch: WalletWatch
  endpoints: Endpoint[]
  /** Hands on what is posted, until the result is called; in each process. */
  listen(...also: LedgerListener[]): () => Promise<void>
  /** Lets holds that are over go back, until the result is called; in one process. */
  keep(): () => Promise<void>
  /** So that the demo has something to give: once for each person. */
  grantDemo(userIds: readonly string[]): Promise<void>
}

const demoCoins = 50_000

export function walletSide({ database, presence, now, log, registry }: WalletDeps): WalletSide {
  const signals = walletSignals(presence, log)
  const reads = walletReads(database.sql)
  let wake = () => {}
  const ledger = postgresLedger({
    database,
    now,
    log,
    ...(registry && { meter: ledgerMeter(registry) }),
    posted: () => wake(),
  })
  return {
    ledger,
    reads,
    watch: { balances: reads.balances, subscribe: signals.subscribe },
    endpoints: walletEndpoints(reads),
    listen(...also) {
      const tellRooms = async (_sql: unknown, receipts: Parameters<typeof signals.tell>[0]) => {
        return () => signals.tell(receipts)
      }
      const drain = startDrain({ database, log, listeners: [tellRooms, ...also] })
      wake = drain.wake
      return drain.stop
    },
    keep: () => keepHoldsTidy({ sql: database.sql, ledger, now, log }),
    async grantDemo(userIds) {
      const grants = userIds.map((userId) => {
        const to = { kind: 'user' as const, userId, currency: 'coin' as const }
        const from = { kind: 'gateway' as const, currency: 'coin' as const }
        const legs = [{ from, to, amount: demoCoins }]
        const movement = { do: 'post' as const, legs }
        return ledger.transfer({ id: `demo-${userId}`, by: 'house', kind: 'grant', movement })
      })
      for (const outcome of await Promise.all(grants)) {
        if ('refused' in outcome) log.warn({ refused: outcome.refused }, 'no coins for the demo')
      }
    },
  }
}
