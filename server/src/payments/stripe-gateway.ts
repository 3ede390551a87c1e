/** Stripe by its own library: a Checkout Session for each payment, asked about by its id. */
import type { RetrieveSession, StripeClient } from './stripe-client.ts'
import type { Dispute, Gateway, GatewayFacts, PaymentRow, ReturnPages } from './gateway.ts'
import { paymentBounds } from './limits.ts'

/** Ours, in what Stripe keeps of a payment and of its charge. */
export const stripeLabel = 'odeon_payment'

export function stripeGateway(client: StripeClient, pages: ReturnPages): Gateway {
  return {
    name: 'stripe',
    currencies: ['USD'],
    productOf: productOf,

    async begin(payment) {
      const { id, coins, amount, currency, expiresAt } = payment
      const metadata = { [stripeLabel]: id, odeon_pack: payment.packId }
      const session = await client.ask((stripe) =>
        stripe.checkout.sessions.create(
          {
            mode: 'payment',
            client_reference_id: id,
            metadata,
            payment_intent_data: { metadata },
            line_items: [
              {
                quantity: 1,
                price_data: {
                  currency: currency.toLowerCase(),
                  unit_amount: amount,
                  product_data: { name: `${coins} coins` },
                },
              },
            ],
            success_url: pages.paid(id),
            cancel_url: pages.left(id),
            expires_at: Math.floor(expiresAt / 1_000),
          },
          // Whoever asks again, after a lost answer, gets the same session while its time runs.
          { idempotencyKey: `odeon-${id}-${expiresAt}` },
        ),
      )
      return { ref: session.id, way: { url: session.url ?? '', fields: null } }
    },

    async look({ ref }) {
      const session = await client.ask((stripe) =>
        stripe.checkout.sessions.retrieve(ref, { expand: ['payment_intent.latest_charge'] }),
      )
      return factsOf(session, await disputesOf(client, session))
    },
  }
}

const productOf = ({ id, packId }: Pick<PaymentRow, 'id' | 'packId'>) => `${id} ${packId}`

function factsOf(session: RetrieveSession, disputes: Dispute[]): GatewayFacts {
  if (session.payment_status !== 'paid') {
    return { status: session.status === 'expired' ? 'expired' : 'pending' }
  }
  const { intentId, charge } = moneyOf(session)
  return {
    status: 'paid',
    paid: {
      amount: session.amount_total ?? 0,
      currency: (session.currency ?? '').toUpperCase(),
      product: productOf({
        id: session.client_reference_id ?? '',
        packId: session.metadata?.odeon_pack ?? '',
      }),
    },
    ...(intentId !== undefined && { transaction: intentId }),
    refunded: charge?.amount_refunded ?? 0,
    disputes,
  }
}

function moneyOf({ payment_intent: intent }: RetrieveSession) {
  const whole = typeof intent === 'object' ? intent : null
  const charge = typeof whole?.latest_charge === 'object' ? whole.latest_charge : null
  return { intentId: whole?.id ?? (typeof intent === 'string' ? intent : undefined), charge }
}

async function disputesOf(client: StripeClient, session: RetrieveSession): Promise<Dispute[]> {
  const { intentId, charge } = moneyOf(session)
  if (intentId === undefined || charge?.disputed !== true) return []
  const { data } = await client.ask((stripe) =>
    stripe.disputes.list({ payment_intent: intentId, limit: paymentBounds.disputesMax }),
  )
  return data.flatMap(({ id, amount, status }) => {
    const outcome = outcomeOf(status)
    return outcome === undefined ? [] : [{ id, amount, outcome }]
  })
}

/** An inquiry takes no money back, and neither does what was prevented. */
function outcomeOf(status: string): Dispute['outcome'] | undefined {
  if (status === 'won' || status === 'lost') return status
  return status.startsWith('warning_') || status === 'prevented' ? undefined : 'open'
}
