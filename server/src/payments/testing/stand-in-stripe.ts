/**
 * Stands in for Stripe: Checkout Sessions and disputes over the same HTTP, with the same key asked
 * for, and events signed as Stripe signs them. Tests say what payers and banks did.
 */
import { randomUUID } from 'node:crypto'
import { Stripe } from 'stripe'
import { type Heard, type Said, serveStandIn } from './serve.ts'

export const stripeKeys = {
  secretKey: 'sk_test_stand_in_0123456789',
  webhookSecret: 'whsec_stand_in_0123456789',
} as const

export interface StandInRefund {
  id: string
  amount: number
  status: string
}

export interface StandInSession {
  id: string
  client_reference_id: string
  metadata: Record<string, string>
  amount_total: number
  currency: string
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid'
  url: string
  intent: string
  refunds: StandInRefund[]
  disputes: { id: string; amount: number; status: string }[]
}

const usualSecret: string = stripeKeys.webhookSecret

const no = (status: number, code: string): Said => ({
  status,
  json: { error: { type: 'invalid_request_error', code, message: code } },
})

export async function standInStripe() {
  const sessions = new Map<string, StandInSession>()
  const byKey = new Map<string, { id: string; body: string }>()
  const standIn = await serveStandIn((heard) => {
    if (heard.headers.authorization !== `Bearer ${stripeKeys.secretKey}`) {
      return no(401, 'api_key_invalid')
    }
    const id = /^\/v1\/checkout\/sessions\/(\w+)$/.exec(heard.path)?.[1]
    if (id !== undefined) return one(id)
    if (heard.path === '/v1/disputes') return listed(heard, ({ disputes }) => disputes)
    if (heard.path === '/v1/refunds') return listed(heard, ({ refunds }) => refunds)
    if (heard.path !== '/v1/checkout/sessions') return no(404, 'unknown_url')
    return heard.method === 'POST' ? create(heard) : list(heard)
  })

  const create = ({ body, headers }: Heard): Said => {
    const asked = new URLSearchParams(body)
    const price = 'line_items[0][price_data]'
    const amount = Number(asked.get(`${price}[unit_amount]`))
    const isFull = asked.get('success_url') && asked.get('client_reference_id')
    if (asked.get('mode') !== 'payment' || !isFull || amount < 50) return no(400, 'parameter')
    const key = String(headers['idempotency-key'])
    const known = byKey.get(key)
    if (known !== undefined) {
      return known.body === body ? one(known.id) : no(400, 'idempotency_key_in_use')
    }
    const endsAt = Number(asked.get('expires_at')) * 1_000
    if (endsAt < Date.now() + 30 * 60_000) return no(400, 'expires_at_too_soon')
    const id = `cs_test_${randomUUID().replaceAll('-', '')}`
    byKey.set(key, { id, body })
    sessions.set(id, {
      id,
      client_reference_id: String(asked.get('client_reference_id')),
      metadata: {
        odeon_payment: String(asked.get('metadata[odeon_payment]')),
        odeon_pack: String(asked.get('metadata[odeon_pack]')),
      },
      amount_total: amount,
      currency: String(asked.get(`${price}[currency]`)),
      status: 'open',
      payment_status: 'unpaid',
      url: `${standIn.url}/pay/${id}`,
      intent: `pi_${id.slice(8)}`,
      refunds: [],
      disputes: [],
    })
    return one(id)
  }
  const one = (id: string): Said => {
    const session = sessions.get(id)
    return session === undefined ? no(404, 'resource_missing') : { json: sessionObject(session) }
  }
  const list = ({ query }: Heard): Said => {
    const found = [...sessions.values()].filter((one) => one.intent === query.get('payment_intent'))
    return { json: { object: 'list', has_more: false, data: found.map(sessionObject) } }
  }
  const listed = ({ query }: Heard, ofSession: (session: StandInSession) => object[]): Said => {
    const of = [...sessions.values()].find((one) => one.intent === query.get('payment_intent'))
    return { json: { object: 'list', has_more: false, data: of ? ofSession(of) : [] } }
  }
  return {
    ...standIn,
    standIn,
    sessions,
    paymentOf: (ref: string | null) => sessionOf(sessions, ref),
  }
}

function sessionOf(sessions: ReadonlyMap<string, StandInSession>, ref: string | null) {
  const session = sessions.get(ref ?? '')
  if (session === undefined) throw new Error('no such session')
  return session
}

const isPaid = ({ payment_status: status }: StandInSession) => status === 'paid'

export function sessionObject(session: StandInSession): object {
  const { id, client_reference_id, metadata, amount_total, currency, url } = session
  const { status, payment_status, intent } = session
  const named = { object: 'checkout.session', id, client_reference_id, metadata, url }
  const payment_intent = isPaid(session) ? intent : null
  return { ...named, amount_total, currency, status, payment_status, payment_intent }
}

/** What was given back and did not fail. */
export const refundedOf = ({ refunds }: Pick<StandInSession, 'refunds'>): number =>
  refunds
    .filter(({ status }) => status !== 'failed' && status !== 'canceled')
    .reduce((sum, { amount }) => sum + amount, 0)

export const chargeOf = (session: StandInSession): object => ({
  id: `ch_${session.intent.slice(3)}`,
  object: 'charge',
  amount: session.amount_total,
  amount_refunded: refundedOf(session),
  refunded: refundedOf(session) >= session.amount_total,
  disputed: session.disputes.length > 0,
  metadata: session.metadata,
  payment_intent: session.intent,
})

/** What Stripe would post, and its header. */
export function signedEvent(
  type: string,
  object: object,
  { id = `evt_${randomUUID()}`, secret = usualSecret, at = Date.now() } = {},
) {
  const payload = JSON.stringify({ id, object: 'event', type, data: { object } })
  return { payload, header: signatureOf(payload, { secret, at }) }
}

export function signatureOf(
  payload: string,
  { secret = usualSecret, at = Date.now() } = {},
): string {
  const timestamp = Math.floor(at / 1_000)
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
}
