/**
 * The ledger in PostgreSQL: what is asked at the same time is decided and written together. A
 * transaction whose outcome nobody knows is tried again: what it had posted answers as replayed.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type LedgerWrites, type Prepared, prepareTransfer } from '@odeon/rooms'
import type { Ledger, Logger, TransferAsk, TransferOutcome } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import { codeOf, isConnectionFault, isDuplicate } from '../platform/database/fault.ts'
import { gather } from '../platform/gather.ts'
import { accountIds } from './account-ids.ts'
import type { LedgerMeter } from './ledger-meter.ts'
import { ledgerLimits } from './limits.ts'
import { type BatchDeps, writeBatch } from './write-batch.ts'

export interface PostgresLedgerDeps {
  database: Pick<Database, 'sql' | 'prepared' | 'preparedTransaction'>
  now: () => number
  log: Logger
  /** Which of the house's accounts this process uses, from 0; by chance when not said. */
  stripe?: number
  meter?: LedgerMeter
  /** Told what was posted, after its commit; must not throw. */
  posted?: (writes: LedgerWrites) => void
  limits?: Partial<Record<keyof typeof ledgerLimits, number>>
}

export function postgresLedger(deps: PostgresLedgerDeps): Ledger {
  const { database, now, meter, posted } = deps
  const limits = { ...ledgerLimits, ...deps.limits }
  const stripe = deps.stripe ?? Math.floor(Math.random() * limits.stripes)
  const batch: BatchDeps = { database, now, stripe, accountIds: accountIds(database.sql) }

  const once = async (asked: readonly Prepared[]): Promise<TransferOutcome[]> => {
    const { outcomes, writes } = await writeBatch(batch, asked)
    if (writes.transfers.length > 0) posted?.(writes)
    return outcomes
  }
  const settle = async (asked: readonly Prepared[]): Promise<TransferOutcome[]> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once(asked)
      } catch (error) {
        const again = mayPass(error)
        // What one of them makes impossible must not keep the others back.
        if (!again && asked.length > 1) return await oneByOne(asked, settle)
        if (!again || tries >= limits.triesMax) {
          deps.log.error({ err: error, transfers: asked.length, tries }, 'transfers not settled')
          return asked.map(() => ({ refused: 'ledger_unavailable' }))
        }
        const wait = Math.min(limits.retryAfterMs * 2 ** (tries - 1), limits.retryAfterMsMax)
        await delay(wait * (0.5 + Math.random() / 2))
      }
    }
  }
  const ask = gather(
    async (asked: Prepared[]) => {
      const startedAt = performance.now()
      const outcomes = await settle(asked)
      meter?.batch(asked, outcomes, performance.now() - startedAt)
      return outcomes
    },
    {
      asksMax: limits.batchMax,
      // One after the other, so that a later ask is never decided before an earlier one.
      loadsMax: 1,
      apartMs: limits.batchEveryMs,
      waitingMax: limits.waitingMax,
      failsAll: () => true,
    },
  )
  return {
    async transfer(one: TransferAsk): Promise<TransferOutcome> {
      const prepared = prepareTransfer(one)
      try {
        return await ask(prepared)
      } catch {
        // A load never rejects: there was no room to wait.
        meter?.busy(one.kind)
        return { refused: 'ledger_busy' }
      }
    },
  }
}

async function oneByOne(
  asked: readonly Prepared[],
  settle: (asked: readonly Prepared[]) => Promise<TransferOutcome[]>,
): Promise<TransferOutcome[]> {
  const outcomes: TransferOutcome[] = []
  for (const one of asked) outcomes.push(...(await settle([one])))
  return outcomes
}

/** Lost a race, or a connection: the same transaction may do what it could not. */
const mayPass = (error: unknown): boolean =>
  isConnectionFault(error) || isDuplicate(error) || /^(40|55P03|57014)/.test(codeOf(error))
