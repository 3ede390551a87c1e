/** Gives coins of one person to another, for tests of what becomes of those that are gone. */
import { randomUUID } from 'node:crypto'
import type { Database } from '../../platform/database.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { postgresLedger } from '../../wallet/postgres-ledger.ts'

type LedgerDatabase = Pick<Database, 'sql' | 'prepared' | 'preparedTransaction'>

/** Answers `posted`, or why not. */
export function giver(database: LedgerDatabase) {
  const ledger = postgresLedger({ database, now: Date.now, log: quietLog })
  return async (from: string, to: string, amount: number): Promise<string> => {
    const user = (userId: string) => ({ kind: 'user', userId, currency: 'coin' }) as const
    const movement = { do: 'post', legs: [{ from: user(from), to: user(to), amount }] } as const
    const outcome = await ledger.transfer({ id: randomUUID(), by: 'test', kind: 'tip', movement })
    return 'refused' in outcome ? outcome.refused : 'posted'
  }
}
