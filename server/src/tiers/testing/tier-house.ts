/** What sells tiers on a database, with a clock, for tests. */
import { randomUUID } from 'node:crypto'
import { LocalPresence } from '@colyseus/core'
import { postgresLedger } from '../../wallet/postgres-ledger.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import type { Database } from '../../platform/database.ts'
import { noticeDesk } from '../../notices/notices.ts'
import { tierSide } from '../tier-side.ts'
import { dayMs, someMidnight } from './days.ts'

type Part = Pick<Database, 'sql' | 'transaction' | 'prepared' | 'preparedTransaction'>

/** `refreshed` are those of whom rooms were told. */
export function tierHouse(database: Part) {
  const clock = { now: someMidnight + dayMs / 2 }
  const refreshed: string[] = []
  const now = () => clock.now
  const presence = new LocalPresence()
  const ledger = postgresLedger({
    database,
    now,
    log: quietLog,
    limits: { retryAfterMs: 1, retryAfterMsMax: 4, batchEveryMs: 0 },
  })
  const notices = noticeDesk({ database, presence, now, newId: randomUUID, log: quietLog })
  const room = {
    roomId: 'live_x',
    refreshStanding: (userId: string) => void refreshed.push(userId),
  }
  const side = tierSide({
    database,
    presence,
    openRooms: { all: () => [room] },
    notices,
    wallet: { ledger },
    now,
    log: quietLog,
  })
  const run = async (name: string) => {
    const job = side.jobs.find((one) => one.name === name)
    return (await job?.run()) as number
  }
  return {
    ...side,
    clock,
    ledger,
    notices,
    refreshed,
    pass: (ms: number) => void (clock.now += ms),
    payBonuses: () => run('og.bonus'),
    tellEnded: () => run('og.ended'),
    async fill(userId: string, amount: number) {
      const from = { kind: 'gateway', currency: 'coin' } as const
      const to = { kind: 'user', userId, currency: 'coin' } as const
      const movement = { do: 'post', legs: [{ from, to, amount }] } as const
      await ledger.transfer({ id: randomUUID(), by: 'test', kind: 'topup', movement })
    },
    buy: (userId: string, level: number, requestId: string = randomUUID()) =>
      side.desk.buy({ userId, level, requestId }),
  }
}
