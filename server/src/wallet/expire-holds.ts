/** What was held and not given out in its time goes back; doing it twice does it once. */
import type { Ledger, Logger, TransferAsk } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { ledgerLimits } from './limits.ts'

export interface ExpireDeps {
  sql: Sql
  ledger: Ledger
  now: () => number
  log: Logger
}

const everyMs = 5_000

/** Answers how many holds were due. */
export async function expireHolds({ sql, ledger, now }: ExpireDeps): Promise<number> {
  const due = await sql<{ id: string }>`
    select id from ledger_open_holds where expires_at <= ${new Date(now())}
    order by expires_at limit ${ledgerLimits.holdsExpiredAtOnceMax}`
  await Promise.all(due.map(({ id }) => ledger.transfer(expiryOf(id))))
  return due.length
}

/** Whoever asks for it first does it. */
export const expiryOf = (holdId: string): TransferAsk => ({
  id: 'expired',
  by: `hold:${holdId}`,
  kind: 'hold_expired',
  movement: { do: 'resolve', holdId, to: [] },
})

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepHoldsTidy(deps: ExpireDeps): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const round = () => {
    running = expireHolds(deps).catch((err: unknown) => {
      deps.log.warn({ err }, 'holds that are over did not go back yet')
    })
  }
  round()
  const timer = setInterval(round, everyMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
