/** Asks about payments that nobody told us of, and takes owed coins back when there are some. */
import { type GatewayName, gatewayNames } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { GatewayUnavailable } from './gateway.ts'
import { paymentBounds } from './limits.ts'
import type { Payments } from './payments.ts'

export interface ReconcileDeps {
  sql: Sql
  payments: Pick<Payments, 'lookInTurn' | 'settle' | 'measure'>
  now: () => number
  log: Logger
}

/**
 * What fell due while nothing ran is due now. Each gateway has a round of its own, so that one that
 * is slow or away holds up nobody but its own. Answers how many payments were looked at.
 */
export async function reconcile(deps: ReconcileDeps): Promise<number> {
  const done = await Promise.all(roundsOf(deps).map((round) => round()))
  return done.reduce((sum, some) => sum + some, 0)
}

const roundsOf = (deps: ReconcileDeps): (() => Promise<number>)[] => [
  ...gatewayNames.map((gateway) => () => lookAround(deps, gateway)),
  () => collectOwed(deps),
  () => forgetEvents(deps),
]

/** Whoever waits for coins comes first. */
async function lookAround(deps: ReconcileDeps, gateway: GatewayName): Promise<number> {
  const { sql, payments, now } = deps
  const due = await sql<Due>`
    select id from payments where look_at <= ${new Date(now())} and gateway = ${gateway}
    order by state <> 'pending', look_at limit ${paymentBounds.looksAtOnceMax}`
  let unanswered = 0
  // One that is away is not asked the same about all others: they stay due.
  const isAway = () => unanswered >= paymentBounds.unansweredMax
  await each(due, isAway, async ({ id }) => {
    const outcome = await one(deps, id, () => payments.lookInTurn(id))
    unanswered = outcome === 'unanswered' ? unanswered + 1 : 0
  })
  return due.length
}

/** Coins came in since: what is owed goes back first. */
async function collectOwed(deps: ReconcileDeps): Promise<number> {
  const owed = await deps.sql<Due>`
    select p.id from payments p
    join ledger_accounts a on a.owner = p.user_id::text and a.kind = 'user'
      and a.currency = 'coin'
      and a.balance >= p.coins_owed::float8 / ${paymentBounds.partOfOwedLeast}
    where p.coins_owed > 0 order by p.at limit ${paymentBounds.looksAtOnceMax}`
  await each(owed, never, ({ id }) => one(deps, id, () => deps.payments.settle(id)))
  await deps.payments.measure()
  return owed.length
}

async function forgetEvents({ sql, now }: ReconcileDeps): Promise<number> {
  await sql`
    delete from payment_events where at < ${new Date(now() - paymentBounds.eventsKeptMs)}`
  return 0
}

interface Due {
  id: string
}

const never = () => false

/** A few at the same time. */
async function each(rows: Due[], isOver: () => boolean, work: (row: Due) => Promise<unknown>) {
  const left = [...rows]
  const worker = async () => {
    for (let row = left.shift(); row !== undefined && !isOver(); row = left.shift()) await work(row)
  }
  await Promise.all(Array.from({ length: paymentBounds.looksTogetherMax }, worker))
}

/** One that cannot be settled keeps no other back; it is due again in a minute. */
async function one({ log }: ReconcileDeps, paymentId: string, work: () => Promise<unknown>) {
  try {
    await work()
    return 'done'
  } catch (err) {
    if (err instanceof GatewayUnavailable) return 'unanswered'
    log.error({ err, paymentId }, 'a payment was not settled')
    return 'failed'
  }
}

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepPaymentsSettled(deps: ReconcileDeps): () => Promise<void> {
  const running = new Map<number, Promise<unknown>>()
  const rounds = roundsOf(deps)
  const go = () => {
    for (const [at, round] of rounds.entries()) {
      if (running.has(at)) continue
      const done = round()
        .catch((err: unknown) => deps.log.warn({ err }, 'payments were not looked at; again soon'))
        .finally(() => running.delete(at))
      running.set(at, done)
    }
  }
  go()
  const timer = setInterval(go, paymentBounds.roundEveryMs)
  return async () => {
    clearInterval(timer)
    await Promise.all(running.values())
  }
}
