/**
 * Hands on what was posted, in the order in which it was written: each event once, in the
 * transaction that forgets it. Whoever drains, what another process left is drained, too.
 */
import type { Logger, Receipt } from '@odeon/rooms/ports'
import type { Database, Sql } from '../platform/database.ts'
import { ledgerLimits } from './limits.ts'

/** What is done with events: writes by `sql` are kept with their end; the result runs behind it. */
export type LedgerListener = (sql: Sql, receipts: readonly Receipt[]) => Promise<() => void>

export interface Drain {
  /** Soon; many calls are one. */
  wake(): void
  /** Ends it, and resolves when nothing of it runs any more. */
  stop(): Promise<void>
}

export interface DrainDeps {
  database: Pick<Database, 'transaction'>
  listeners: readonly LedgerListener[]
  log: Logger
}

const wokenMs = 25
/** For what a process that is gone has left. */
const idleMs = 2_000

/** How many events there were. */
export async function drainOnce({ database, listeners }: Omit<DrainDeps, 'log'>): Promise<number> {
  const { count, behind } = await database.transaction(async (sql) => {
    const rows = await sql<{ receipt: Receipt }>`
      with taken as (
        delete from ledger_outbox where seq in (
          select seq from ledger_outbox order by seq
          limit ${ledgerLimits.eventsDrainedAtOnceMax} for update skip locked)
        returning seq, transfer_id)
      select receipt from taken join ledger_transfers t on t.id = taken.transfer_id order by seq`
    const receipts = rows.map(({ receipt }) => receipt)
    const after: (() => void)[] = []
    if (receipts.length > 0) {
      for (const listener of listeners) after.push(await listener(sql, receipts))
    }
    return { count: receipts.length, behind: after }
  })
  for (const run of behind) run()
  return count
}

export function startDrain(deps: DrainDeps): Drain {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let [isRunning, isWoken] = [false, false]
  const ended = new AbortController()

  const work = async (): Promise<void> => {
    for (let count = 1; count > 0 && !ended.signal.aborted; ) {
      isWoken = false
      count = await drainOnce(deps)
    }
  }
  const round = () => {
    timer = undefined
    isRunning = true
    running = work()
      // Nothing is lost: the next round has all of it.
      .catch((err: unknown) => deps.log.warn({ err }, 'could not hand on what was posted'))
      .finally(() => {
        isRunning = false
        schedule(isWoken ? wokenMs : idleMs)
      })
  }
  const schedule = (ms: number) => {
    if (ended.signal.aborted) return
    clearTimeout(timer)
    timer = setTimeout(round, ms)
  }
  schedule(0)
  return {
    wake() {
      if (!isRunning && !isWoken) schedule(wokenMs)
      isWoken = true
    },
    async stop() {
      ended.abort()
      clearTimeout(timer)
      await running
    },
  }
}
