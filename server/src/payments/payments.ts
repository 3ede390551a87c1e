/** Payments: begun, asked about at their gateway, settled. Nothing else gives coins for money. */
import type { CoinPack, GatewayName, OfferedGateway } from '@odeon/rooms'
import type { Sql } from '../platform/database.ts'
import type { Refused } from '../platform/http/refusal.ts'
import { type BeginAsk, type BeginRefusal, beginPayment, type Begun } from './begin-payment.ts'
import { type Gateway, GatewayUnavailable, type PaymentRow } from './gateway.ts'
import { paymentBounds } from './limits.ts'
import { type PaymentRows, paymentRows } from './payment-rows.ts'
import { heldAgainst, settle, type SettleDeps, settleOnce } from './settle.ts'

export interface PaymentsDeps extends SettleDeps {
  sql: Sql
  newId: () => string
  gateways: readonly Gateway[]
  packs: readonly CoinPack[]
}

export interface Payments {
  readonly rows: PaymentRows
  readonly packs: readonly CoinPack[]
  readonly offered: readonly OfferedGateway[]
  begin(userId: string, ask: BeginAsk): Promise<Begun | Refused<BeginRefusal>>
  /**
   * What is known; asks the gateway unless somebody did a moment ago or it does not answer. Of
   * many who want to know at the same time, in whatever process, one asks. Of what nobody asks
   * about any more it is asked when it was told of, by whoever comes back from the gateway.
   */
  check(payment: PaymentRow, how?: { isTold: boolean }): Promise<PaymentRow>
  /** Asks the gateway and settles. `ref` is what it calls the payment, should we not know. */
  look(paymentId: string, ref?: string): Promise<PaymentRow | undefined>
  /** As `look`, by the upkeep: after each of these it waits longer, whoever else asks meanwhile. */
  lookInTurn(paymentId: string): Promise<PaymentRow | undefined>
  /** Goes on with what was interrupted, without asking the gateway. */
  settle(paymentId: string): Promise<PaymentRow | undefined>
  /** Counts what people of the house owe, for whoever watches it. */
  measure(): Promise<void>
}

export function payments(deps: PaymentsDeps): Payments {
  const { sql, gateways, packs, now, meter, log } = deps
  const rows = paymentRows(sql)
  const byName = new Map<GatewayName, Gateway>(gateways.map((one) => [one.name, one]))

  const ask = async (gateway: Gateway, row: PaymentRow & { ref: string }) => {
    try {
      return heldAgainst({ gateway, row, packs }, await gateway.look(row))
    } catch (error) {
      if (error instanceof GatewayUnavailable) {
        meter.unavailable(gateway.name)
        log.warn({ gateway: gateway.name, why: error.message }, 'a gateway did not answer')
      }
      throw error
    }
  }

  const lookFor = async (paymentId: string, how: LookAsk) => {
    const row = await claim(sql, rows, { ...how, paymentId, at: now() })
    if (row === 'asked_just_now') return await rows.byId(paymentId)
    const gateway = row && byName.get(row.gateway)
    // One that was never begun there, or that is no longer offered, only runs out of time.
    if (row === undefined || gateway === undefined || row.ref === null) {
      return row && (await settle(deps, paymentId))
    }
    const facts = await ask(gateway, { ...row, ref: row.ref }).catch(async (error: unknown) => {
      if (how.inTurn && error instanceof GatewayUnavailable) await goOnUnanswered(deps, row)
      throw error
    })
    const answer = { facts, asked: row.asked, at: row.lookedAt }
    const { row: after, trouble } = await settleOnce(deps, paymentId, answer)
    if (trouble !== undefined) {
      meter.refused(gateway.name, trouble)
      log.error({ paymentId, gateway: gateway.name, trouble }, 'a payment needs a look')
    }
    return after
  }

  return {
    rows,
    packs,
    offered: gateways.map(({ name, currencies }) => ({ name, currencies: [...currencies] })),
    begin: (userId, asked) => beginPayment({ ...deps, rows, byName }, userId, asked),
    look: (paymentId, ref) => lookFor(paymentId, { ref }),
    lookInTurn: (paymentId) => lookFor(paymentId, { inTurn: true }),
    settle: (paymentId) => settle(deps, paymentId),
    measure: async () => meter.owe(await rows.owed()),
    async check(row, { isTold } = { isTold: false }) {
      if (row.ref === null) return row
      try {
        return (await lookFor(row.id, { restMs: paymentBounds.checkEveryMs, isTold })) ?? row
      } catch (error) {
        if (error instanceof GatewayUnavailable) return row
        throw error
      }
    },
  }
}

/**
 * What is known already is settled all the same, and asked about again in a minute; behind its
 * time each hour for a while, since nobody knows what came meanwhile.
 */
async function goOnUnanswered(deps: PaymentsDeps, { id }: PaymentRow): Promise<void> {
  await settle(deps, id)
  const { againAfterMs, looksAfterMs, silentMs } = paymentBounds
  const at = deps.now()
  const [soon, later] = [new Date(at + againAfterMs), new Date(at + looksAfterMs[5])]
  await deps.sql`
    update payments set look_at = case
      when look_at is not null then least(look_at, ${soon}::timestamptz)
      when not is_paid and trouble is null and expires_at > ${new Date(at - silentMs)}
        and (unpaid_at is null or unpaid_at < expires_at) then ${later}::timestamptz end
    where id = ${id}`
}

interface LookAsk {
  ref?: string | undefined
  inTurn?: boolean
  /** Not again sooner than that after whoever asked last. */
  restMs?: number
  /** Also when it is not asked about any more. */
  isTold?: boolean
}

/** Noted before it is made, so that one that fails is not made again at once. */
async function claim(
  sql: Sql,
  rows: PaymentRows,
  ask: LookAsk & { paymentId: string; at: number },
): Promise<PaymentRow | 'asked_just_now' | undefined> {
  const { paymentId, ref = null, inTurn = false, restMs, at } = ask
  const isAny = restMs === undefined || ask.isTold === true
  const restedAt = restMs === undefined ? null : new Date(at - restMs)
  const [claimed] = await sql<{ asked: number }>`
    update payments set asked = asked + 1, looks = looks + ${inTurn ? 1 : 0}::int,
      looked_at = ${new Date(at)}, look_at = ${new Date(at + paymentBounds.againAfterMs)},
      ref = coalesce(ref, ${ref})
    where id = ${paymentId} and looked_at <= coalesce(${restedAt}::timestamptz, 'infinity')
      and (${isAny}::boolean or look_at is not null)
    returning asked`
  const row = await rows.byId(paymentId)
  if (claimed === undefined) return row && 'asked_just_now'
  return row && { ...row, asked: claimed.asked, lookedAt: at }
}
