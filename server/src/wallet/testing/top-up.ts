/** Coins for people in tests and pictures, so that they have something to give. */
import { randomUUID } from 'node:crypto'
import { LocalPresence } from '@colyseus/core'
import { openDatabase } from '../../platform/database.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { schema } from '../../schema.ts'
import { walletSide } from '../wallet-side.ts'

/** They are told by a server on this database within its next look at the outbox. */
export async function topUp(url: string, userId: string, amount: number): Promise<void> {
  const database = await openDatabase({ url, log: quietLog, schema })
  try {
    const presence = new LocalPresence()
    const { ledger } = walletSide({ database, presence, now: Date.now, log: quietLog })
    const from = { kind: 'gateway', currency: 'coin' } as const
    const to = { kind: 'user', userId, currency: 'coin' } as const
    const movement = { do: 'post' as const, legs: [{ from, to, amount }] }
    const outcome = await ledger.transfer({ id: randomUUID(), by: 'test', kind: 'topup', movement })
    if ('refused' in outcome) throw new Error(`no coins: ${outcome.refused}`)
  } finally {
    await database.close()
  }
}
