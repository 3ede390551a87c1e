/**
 * Where Stripe tells what happened: believed by its signature, and then only as a hint. What
 * became of the payment is asked of Stripe, so order and repetition of tellings do not matter.
 */
import type { Sql } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { endpoint } from '../platform/http/endpoint.ts'
import { Strangers } from '../platform/http/strangers.ts'
import type { Logger } from '@odeon/rooms/ports'
import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { paymentBounds } from './limits.ts'
import type { PaymentMeter } from './payment-meter.ts'
import type { PaymentRows } from './payment-rows.ts'
import { GatewayUnavailable } from './gateway.ts'
import type { StripeClient } from './stripe-client.ts'
import { stripeLabel } from './stripe-gateway.ts'

export interface StripeWebhookDeps {
  client: StripeClient
  rows: Pick<PaymentRows, 'byId' | 'idOf'>
  sql: Sql
  /** Asks Stripe and settles. Rejects with `GatewayUnavailable`. */
  look(paymentId: string, ref?: string): Promise<unknown>
  meter: PaymentMeter
  now: () => number
  log: Logger
}

export function stripeWebhook(deps: StripeWebhookDeps): Endpoint {
  const { client, meter, now, log } = deps
  const strangers = new Strangers(log, 'Stripe')
  return endpoint(
    {
      method: 'POST',
      path: '/v1/webhooks/stripe',
      summary: 'For Stripe: what happened to payments, signed with the secret of this endpoint.',
      auth: 'none',
      upload: { bytesMax: paymentBounds.webhookBytesMax, contentTypes: ['application/json'] },
      body: z.instanceof(Uint8Array),
      reply: z.undefined(),
      // Whoever is not Stripe is refused at the signature and counted there.
      limit: [],
    },
    async ({ body, header, ip, refuse }) => {
      let signed: unknown
      try {
        signed = client.signed(body, header('stripe-signature') ?? '', now())
      } catch (err) {
        meter.refused('stripe', reasonOf(err))
        const retryAfterMs = strangers.failed(ip, new Error(reasonOf(err)))
        if (retryAfterMs > 0) refuse('rate_limited', { retryAfterMs })
        return refuse('unauthenticated')
      }
      const event = eventShape.safeParse(signed)
      if (!event.success) {
        meter.refused('stripe', 'malformed')
        return refuse('invalid')
      }
      try {
        await hear(deps, event.data)
      } catch (error) {
        if (!(error instanceof GatewayUnavailable)) throw error
        // Stripe tells it again.
        refuse('busy', { retryAfterMs: paymentBounds.againAfterMs })
      }
      return undefined
    },
  )
}

const text = z.string().regex(/^[\w.-]{1,255}$/)
const eventShape = z.object({ id: text, type: text, data: z.object({ object: z.unknown() }) })
type StripeEvent = z.output<typeof eventShape>

function reasonOf(error: unknown): 'bad_signature' | 'stale' | 'malformed' {
  const text = error instanceof Error ? error.message : ''
  if (/tolerance/i.test(text)) return 'stale'
  return error instanceof SyntaxError ? 'malformed' : 'bad_signature'
}

async function hear(deps: StripeWebhookDeps, event: StripeEvent): Promise<void> {
  const { sql, now, meter, log } = deps
  const [known] = await sql`
    select 1 from payment_events where gateway = 'stripe' and id = ${event.id}`
  if (known !== undefined) return
  const named = await namedBy(deps, event)
  if (named === 'other') return
  if (named === undefined) {
    meter.refused('stripe', 'unknown_payment')
    log.warn({ event: event.id, kind: event.type }, 'Stripe told of a payment that is not ours')
  } else await deps.look(named.paymentId, named.ref)
  await sql`
    insert into payment_events (gateway, id, kind, payment_id, at)
    values ('stripe', ${event.id}, ${event.type}, ${named?.paymentId ?? null}, ${new Date(now())})
    on conflict do nothing`
}

interface Named {
  paymentId: string
  /** The session, where the telling names it. */
  ref?: string
}

const session = z.object({ id: text, client_reference_id: text.nullish() })
const charge = z.object({
  metadata: z.record(z.string(), z.string()).nullish(),
  payment_intent: text.nullish(),
})

/** Which payment it is about, without believing anything else it says. */
async function namedBy(
  { client, rows }: StripeWebhookDeps,
  { type, data }: StripeEvent,
): Promise<Named | 'other' | undefined> {
  const ours = async (id: string | null = null) =>
    id !== null && isUuid(id) && (await rows.byId(id))?.gateway === 'stripe' ? id : undefined
  if (type.startsWith('checkout.session.')) {
    const told = session.safeParse(data.object)
    const paymentId = told.success ? await ours(told.data.client_reference_id) : undefined
    return paymentId === undefined || !told.success ? undefined : { paymentId, ref: told.data.id }
  }
  if (!/^(charge|refund)\./.test(type)) return 'other'
  const told = charge.safeParse(data.object)
  if (!told.success) return undefined
  const { metadata, payment_intent: transaction } = told.data
  const labelled = await ours(metadata?.[stripeLabel])
  if (labelled !== undefined) return { paymentId: labelled }
  if (transaction === null || transaction === undefined) return undefined
  const known = await rows.idOf('stripe', { transaction })
  if (known !== undefined) return { paymentId: known }
  // Told before the session was: Stripe knows to which it belongs.
  const { data: sessions } = await client.ask((stripe) =>
    stripe.checkout.sessions.list({ payment_intent: transaction, limit: 1 }),
  )
  const paymentId = await ours(sessions[0]?.client_reference_id)
  return paymentId === undefined ? undefined : { paymentId }
}
