/** Asks about payments that nobody told us of, and takes owed coins back when there are some. */
import type { Logger } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { GatewayUnavailable } from './gateway.ts'
import { paymentBounds } from './limits.ts'
import type { Payments } from './payments.ts'

export interface ReconcileDeps {
  sql: Sql
  payments: Pick<Payments, 'lookInTurn' | 'settle'>
  now: () => number
  log: Logger
}

/**
 * What fell due while nothing ran is due now, with whoever waits for coins first. Answers how many
 * payments it looked at.
 */
export async function reconcile(deps: ReconcileDeps): Promise<number> {
  const { sql, payments, now } = deps
  const due = await sql<{ id: string }>`
    select id from payments where look_at <= ${new Date(now())}
    order by state <> 'pending', look_at limit ${paymentBounds.looksAtOnceMax}`
  await each(due, (id) => one(deps, id, () => payments.lookInTurn(id)))
  const owed = await sql<{ id: string }>`
    select p.id from payments p
    join ledger_accounts a on a.owner = p.user_id::text and a.kind = 'user'
      and a.currency = 'coin'
      and a.balance >= p.coins_owed::float8 / ${paymentBounds.partOfOwedLeast}
    where p.coins_owed > 0 order by p.at limit ${paymentBounds.looksAtOnceMax}`
  await each(owed, (id) => one(deps, id, () => payments.settle(id)))
  await sql`
    delete from payment_events where at < ${new Date(now() - paymentBounds.eventsKeptMs)}`
  return due.length + owed.length
}

/** A few at the same time, so that a gateway that does not answer does not hold up all others. */
async function each(rows: { id: string }[], work: (id: string) => Promise<void>): Promise<void> {
  const left = [...rows]
  const worker = async () => {
    for (let row = left.shift(); row !== undefined; row = left.shift()) await work(row.id)
  }
  await Promise.all(Array.from({ length: paymentBounds.looksTogetherMax }, worker))
}

/** One that cannot be settled keeps no other back; it is due again in a minute. */
async function one({ log }: ReconcileDeps, paymentId: string, work: () => Promise<unknown>) {
  try {
    await work()
  } catch (err) {
    if (err instanceof GatewayUnavailable) return
    log.error({ err, paymentId }, 'a payment was not settled')
  }
}

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepPaymentsSettled(deps: ReconcileDeps): () => Promise<void> {
  let running: Promise<unknown> | undefined
  const round = () => {
    running ??= reconcile(deps)
      .catch((err: unknown) => deps.log.warn({ err }, 'payments were not looked at; again soon'))
      .finally(() => {
        running = undefined
      })
  }
  round()
  const timer = setInterval(round, paymentBounds.roundEveryMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
