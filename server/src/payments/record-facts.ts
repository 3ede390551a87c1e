/**
 * What a gateway says is put together with what was known, one at a time for each person. The
 * answer to the latest question stands, whenever it arrives; paid stays paid. No coins move here.
 */
import { transferId } from '@odeon/rooms'
import type { NewNotice } from '../notices/post-notices.ts'
import type { Sql } from '../platform/database.ts'
import { type Answer, type Dispute, type PaymentRow, untoldGateways } from './gateway.ts'
import { paymentBounds } from './limits.ts'
import { lockPayer } from './payer-lock.ts'
import { newsOf } from './payment-news.ts'
import { rowOf, type StoredRow } from './payment-rows.ts'

/** A payment with what the ledger has of it. */
export interface Standing {
  row: PaymentRow
  before: PaymentRow['state']
  /** How often coins moved for it. */
  moves: number
  /** Coins that are still to be given, or below zero to be taken back. */
  missing: number
  /** What its person has, when something is to be taken back. */
  balance: number
  /** What to tell its person in the same transaction. */
  news: readonly NewNotice[]
}

export const askerOf = (paymentId: string) => `payment:${paymentId}`

/** In a transaction. Undefined when there is no such payment. */
export async function recordFacts(
  sql: Sql,
  id: string,
  now: number,
  answer?: Answer,
): Promise<Standing | undefined> {
  const row = await lockedRow(sql, id)
  if (row === undefined) return undefined
  const before = { ...row }
  if (answer !== undefined) await take(sql, row, answer)
  const disputed = await disputedOf(sql, id)
  // Read before what was moved: whoever moves some in between is still seen to have to.
  const had = await balanceOf(sql, row.userId)
  const { given, moves } = await movedFor(sql, id)
  const missing = wantedOf(row, disputed) - given
  row.coinsOwed = Math.max(0, -missing)
  // Too little is there to take some of it back now.
  const isGone = had < row.coinsOwed / paymentBounds.partOfOwedLeast
  row.isShort = row.coinsOwed > 0 && (row.isShort || isGone)
  row.state = stateOf(row, { disputed, isSettled: missing <= 0, now })
  // Until the coins have moved, whoever is interrupted here leaves a record that is not true yet.
  const isToMove = missing > 0 || (missing < 0 && !isGone)
  const lookAt = isToMove ? now + paymentBounds.againAfterMs : nextLook(row, now)
  await sql`
    update payments set state = ${row.state}, is_paid = ${row.isPaid}, refunded = ${row.refunded},
      coins_owed = ${row.coinsOwed}, look_at = ${lookAt === null ? null : new Date(lookAt)},
      transaction_id = coalesce(transaction_id, ${answer?.facts.transaction ?? null}),
      trouble = ${row.trouble}, answered = ${row.answered}, is_short = ${row.isShort},
      unpaid_at = ${row.unpaidAt === null ? null : new Date(row.unpaidAt)}
    where id = ${id}`
  const balance = await freeze(sql, row.userId, now)
  const isDebtOver = before.isShort && !row.isShort && !(await owes(sql, row.userId))
  const news = newsOf(before, row, { isDebtOver })
  return { row, before: before.state, moves, missing, balance, news }
}

async function lockedRow(sql: Sql, id: string): Promise<PaymentRow | undefined> {
  const [of] = await sql<{ user_id: string }>`select user_id from payments where id = ${id}`
  if (of === undefined) return undefined
  await lockPayer(sql, of.user_id)
  const [stored] = await sql<StoredRow>`
    select *, extract(epoch from at) * 1000 as at_ms,
      extract(epoch from expires_at) * 1000 as expires_ms,
      extract(epoch from looked_at) * 1000 as looked_ms,
      extract(epoch from unpaid_at) * 1000 as unpaid_ms
    from payments where id = ${id} for update`
  return stored && rowOf(stored)
}

async function take(sql: Sql, row: PaymentRow, { facts, asked, at }: Answer): Promise<void> {
  row.isPaid ||= facts.status === 'paid'
  row.trouble = facts.trouble ?? row.trouble
  // Overtaken by the answer to a later question, which knew all of it and maybe more.
  if (asked <= row.answered) return
  row.answered = asked
  row.refunded = Math.min(facts.refunded ?? row.refunded, row.amount)
  const isOver = facts.status === 'failed' || facts.status === 'expired'
  if (isOver || facts.isUntried === true) row.unpaidAt = at
  if (isOver && !row.isPaid) row.state = facts.status as 'failed' | 'expired'
  for (const { id, amount, outcome } of facts.disputes ?? []) {
    await sql`
      insert into payment_disputes (id, payment_id, amount, outcome)
      values (${id}, ${row.id}, ${amount}, ${outcome})
      on conflict (id) do update set outcome = excluded.outcome, amount = excluded.amount`
  }
}

async function owes(sql: Sql, userId: string): Promise<boolean> {
  const [some] = await sql`
    select from payments where user_id = ${userId} and coins_owed > 0 and is_short limit 1`
  return some !== undefined
}

async function disputedOf(sql: Sql, paymentId: string): Promise<number> {
  const rows = await sql<{ amount: string; outcome: Dispute['outcome'] }>`
    select amount, outcome from payment_disputes where payment_id = ${paymentId}`
  const standing = rows.filter(({ outcome }) => outcome === 'open' || outcome === 'lost')
  return standing.reduce((sum, { amount }) => sum + Number(amount), 0)
}

/** What the person should have of it: what did not go back, in whole coins to their favour. */
function wantedOf(row: PaymentRow, disputed: number): number {
  if (!row.isPaid) return 0
  const back = Math.min(row.amount, row.refunded + disputed)
  return row.coins - Math.floor((row.coins * back) / row.amount)
}

/** The ledger is what knows: its ids are made of the payment's and a number from 1. */
async function movedFor(sql: Sql, paymentId: string): Promise<{ given: number; moves: number }> {
  const by = askerOf(paymentId)
  const { movesReadTogether: together } = paymentBounds
  let [given, moves] = [0, 0]
  for (let isMore = true; isMore; ) {
    const from = moves
    const numbers = Array.from({ length: together }, (_, at) => String(from + at + 1))
    const ids = numbers.map((id) => transferId({ by, id }))
    const [row] = await sql<{ given: string; moves: string }>`
      select count(*) as moves,
        coalesce(sum(case when kind = 'topup_back' then -amount else amount end), 0) as given
      from ledger_transfers where id = any(${ids}::uuid[])`
    given += Number(row?.given)
    moves += Number(row?.moves)
    isMore = moves - from === together
  }
  return { given, moves }
}

interface Around {
  disputed: number
  /** Nothing is left to be given. */
  isSettled: boolean
  now: number
}

function stateOf(row: PaymentRow, { disputed, isSettled, now }: Around): PaymentRow['state'] {
  if (!row.isPaid) {
    const isLate = now > row.expiresAt + paymentBounds.lateMs
    return row.state === 'pending' && isLate ? 'expired' : row.state
  }
  if (!isSettled) return row.state
  if (disputed > 0) return 'charged_back'
  return row.refunded >= row.amount ? 'refunded' : 'paid'
}

function nextLook(row: PaymentRow, now: number): number | null {
  const { looksAfterMs, watchedMs, watchEveryMs, lateMs } = paymentBounds
  if (row.isPaid) return now < row.at + watchedMs ? now + watchEveryMs : null
  if (row.state === 'pending') return now + (looksAfterMs[row.looks] ?? looksAfterMs[5])
  // Whoever was declined may pay at the second try, and only asking finds it.
  const mayCome = untoldGateways.has(row.gateway) && row.trouble === null
  return mayCome && now < row.expiresAt + lateMs ? now + looksAfterMs[5] : null
}

/**
 * While somebody owes coins they give none away; what they have goes back first. A freeze that was
 * set for another reason stays as it is.
 */
async function freeze(sql: Sql, userId: string, now: number): Promise<number> {
  const [owes] = await sql`
    select from payments where user_id = ${userId} and coins_owed > 0 limit 1`
  await (owes === undefined
    ? sql`
        update ledger_accounts set frozen_at = null, frozen_for = null
        where owner = ${userId} and kind = 'user' and currency = 'coin'
          and frozen_for = 'coins_owed'`
    : sql`
        update ledger_accounts set frozen_at = ${new Date(now)}, frozen_for = 'coins_owed'
        where owner = ${userId} and kind = 'user' and currency = 'coin' and frozen_at is null`)
  return await balanceOf(sql, userId)
}

async function balanceOf(sql: Sql, userId: string): Promise<number> {
  const [account] = await sql<{ balance: string }>`
    select balance from ledger_accounts
    where owner = ${userId} and kind = 'user' and currency = 'coin'`
  return Number(account?.balance ?? 0)
}
