/** A payment is put on record, then begun at its gateway; asked again it is the same payment. */
import {
  type CoinPack,
  type GatewayName,
  paymentLimits,
  type paymentRefusals,
  type PayWay,
} from '@odeon/rooms'
import type { Database, Sql } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import { Refused } from '../platform/http/refusal.ts'
import { type Gateway, GatewayUnavailable, type PaymentRow } from './gateway.ts'
import { paymentBounds } from './limits.ts'
import { isSoldSo } from './packs.ts'
import { lockPayer } from './payer-lock.ts'
import type { PaymentMeter } from './payment-meter.ts'
import type { PaymentRows } from './payment-rows.ts'

export interface BeginDeps {
  sql: Sql
  database: Pick<Database, 'transaction'>
  rows: PaymentRows
  byName: ReadonlyMap<GatewayName, Gateway>
  packs: readonly CoinPack[]
  now: () => number
  newId: () => string
  meter: PaymentMeter
}

export interface BeginAsk {
  /** Made by who asks: the same begins one payment, however often it is sent. */
  requestId: string
  packId: string
  gateway: GatewayName
}

export type BeginRefusal = keyof typeof paymentRefusals

export interface Begun {
  payment: PaymentRow
  /** Null once there is nothing to pay any more. */
  way: PayWay | null
}

export async function beginPayment(
  deps: BeginDeps,
  userId: string,
  ask: BeginAsk,
): Promise<Begun | Refused<BeginRefusal>> {
  const { rows, byName, packs } = deps
  const pack = packs.find(({ id }) => id === ask.packId)
  if (pack === undefined) return new Refused('unknown_pack')
  const gateway = byName.get(ask.gateway)
  if (gateway === undefined) return new Refused('unknown_gateway')
  if (!gateway.currencies.includes(pack.currency)) return new Refused('currency_not_taken')
  await insert(deps, { userId, ask, pack })
  const payment = await rows.byRequest(userId, ask.requestId)
  if (payment === undefined) return new Refused('too_many_payments')
  if (payment.packId !== pack.id || payment.gateway !== gateway.name) {
    return new Refused('payment_id_reused')
  }
  if (payment.state !== 'pending') return { payment, way: null }
  if (payment.way !== null) {
    // What its price was is no offer any more once its time is over.
    return { payment, way: deps.now() < payment.expiresAt ? payment.way : null }
  }
  const isShort = payment.expiresAt < deps.now() + paymentBounds.payWithinMinMs
  if (isShort && !isSoldSo(packs, payment)) return { payment, way: null }
  try {
    return await beginAt(deps, gateway, isShort ? await withTimeToPay(deps, payment) : payment)
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error
    deps.meter.unavailable(gateway.name)
    return new Refused('gateway_unavailable')
  }
}

interface Wanted {
  userId: string
  ask: BeginAsk
  pack: CoinPack
}

/** Price and coins are kept as they are now: a later price list changes nothing of it. */
async function insert(deps: BeginDeps, { userId, ask, pack }: Wanted): Promise<void> {
  const { database, now, newId, meter } = deps
  const at = now()
  const made = await database.transaction(async (sql) => {
    // One after the other for each person, so that many at once are counted, too.
    await lockPayer(sql, userId)
    return await sql`
    insert into payments (id, user_id, request_id, pack_id, coins, gateway, currency, amount, at,
      expires_at, looked_at, look_at)
    select ${newId()}::uuid, ${userId}::uuid, ${ask.requestId}::text, ${pack.id}::text,
      ${pack.coins}::bigint, ${ask.gateway}::text, ${pack.currency}::text, ${pack.amount}::bigint,
      ${new Date(at)}::timestamptz, ${new Date(at + paymentBounds.payWithinMs)}::timestamptz,
      to_timestamp(0), ${new Date(at + paymentBounds.looksAfterMs[0])}::timestamptz
    where (select count(*) from payments
      where user_id = ${userId}::uuid and state = 'pending'
        and expires_at > ${new Date(at)}::timestamptz) < ${paymentLimits.openMax}::int
      and (select count(*) from payments
        where user_id = ${userId}::uuid and not is_paid and look_at is not null)
        < ${paymentBounds.unpaidMax}::int
    on conflict (user_id, request_id) do nothing
    returning id`
  })
  if (made.length > 0) meter.became(ask.gateway, 'pending')
}

/** Whoever comes back to one that was begun by half has time to pay all the same. */
async function withTimeToPay({ sql, rows, now }: BeginDeps, payment: PaymentRow) {
  const { payWithinMs, payWithinMinMs } = paymentBounds
  const at = now()
  await sql`
    update payments set expires_at = ${new Date(at + payWithinMs)}
    where id = ${payment.id} and way is null and expires_at < ${new Date(at + payWithinMinMs)}`
  return (await rows.byId(payment.id)) ?? payment
}

async function beginAt({ sql, rows, now }: BeginDeps, gateway: Gateway, payment: PaymentRow) {
  const { ref, way, expiresAt = payment.expiresAt } = await gateway.begin(payment)
  const lookAt = new Date(now() + paymentBounds.looksAfterMs[0])
  // One that was begun there before, and of which nobody had the answer, may be known to be over.
  try {
    await sql`
      update payments set ref = ${ref}, way = ${JSON.stringify(way)}::jsonb, state = 'pending',
        expires_at = ${new Date(expiresAt)}, look_at = coalesce(look_at, ${lookAt})
      where id = ${payment.id} and way is null and not is_paid and trouble is null`
  } catch (error) {
    // It names two payments by one name: nobody could tell them apart.
    if (isDuplicate(error)) throw new GatewayUnavailable('a payment has the name of another')
    throw error
  }
  // Whoever asked at the same time may have been first.
  const begun = (await rows.byId(payment.id)) ?? payment
  return { payment: begun, way: begun.way }
}
