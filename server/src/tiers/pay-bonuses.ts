/**
 * The daily bonus (SUB-04): due at each beginning of a UTC day behind a start, paid once for each
 * person and day, late or not. The ledger knows a payment by both, so doing it again does nothing.
 */
import type { Ledger, Logger, TransferOutcome } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'

export interface BonusDeps {
  sql: Sql
  ledger: Ledger
  now: () => number
  log: Logger
}

export const bonusLimits = { paidAtOnceMax: 500 } as const

interface Due {
  transfer_id: string
  user_id: string
  daily_bonus: string
  /** `2026-11-29` */
  day: string
}

/** Refusals after which the same is asked again later; any other is the last word. */
const passing = new Set(['ledger_busy', 'ledger_unavailable'])
/** Nobody is left to pay, or the day was paid already by another term of theirs. */
const expected = new Set(['unknown_account', 'id_reused'])

/** Everything that is due. Answers how many were paid; rejects when some must wait. */
export async function payBonuses(deps: BonusDeps): Promise<number> {
  let count = 0
  for (;;) {
    const due = await bonusesDue(deps)
    if (due.length === 0) return count
    const outcomes = await Promise.all(due.map((one) => pay(deps, one)))
    const settled = due.filter((_, at) => isSettled(deps, due[at] as Due, outcomes[at]))
    await advance(deps.sql, settled)
    count += outcomes.filter((outcome) => 'receipt' in outcome && !outcome.isReplayed).length
    if (settled.length < due.length) throw new Error('the ledger did not take all bonuses')
  }
}

function bonusesDue({ sql, now }: BonusDeps): Promise<Due[]> {
  return sql<Due>`
    select transfer_id, user_id, daily_bonus,
      to_char(next_bonus_at at time zone 'UTC', 'YYYY-MM-DD') as day
    from og_terms o
    where next_bonus_at <= ${new Date(now())} and next_bonus_at <= ends_at and daily_bonus > 0
      -- Who owes coins is paid what was due once they owe none.
      and not exists (select from ledger_accounts a where a.owner = o.user_id::text
        and a.kind = 'user' and a.currency = 'coin' and a.frozen_at is not null)
    order by next_bonus_at, transfer_id limit ${bonusLimits.paidAtOnceMax}`
}

function pay({ ledger }: BonusDeps, { user_id: userId, day, ...due }: Due) {
  const from = { kind: 'issuer', currency: 'bonus' } as const
  const to = { kind: 'user', userId, currency: 'bonus' } as const
  const amount = Number(due.daily_bonus)
  return ledger.transfer({
    id: `${userId}:${day}`,
    by: 'house.og',
    kind: 'og_bonus',
    movement: { do: 'post', legs: [{ from, to, amount }] },
    details: { day },
  })
}

function isSettled({ log }: BonusDeps, due: Due, outcome: TransferOutcome | undefined): boolean {
  if (outcome === undefined) return false
  if ('receipt' in outcome) return true
  if (passing.has(outcome.refused)) return false
  if (!expected.has(outcome.refused)) {
    const { user_id: userId, day } = due
    log.error({ userId, day, refused: outcome.refused }, 'a bonus could not be paid')
  }
  return true
}

async function advance(sql: Sql, paid: readonly Due[]): Promise<void> {
  await sql`
    update og_terms o set next_bonus_at = o.next_bonus_at + interval '24 hours'
    from unnest(
      ${paid.map((one) => one.transfer_id)}::uuid[],
      ${paid.map(({ day }) => day)}::date[]) as p (id, day)
    where o.transfer_id = p.id and o.next_bonus_at = p.day::timestamp at time zone 'UTC'`
}
