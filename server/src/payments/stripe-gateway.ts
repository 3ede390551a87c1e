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
      const session = await client.ask((stripe) => stripe.checkout.sessions.retrieve(ref))
      if (session.payment_status !== 'paid') {
        return { status: session.status === 'expired' ? 'expired' : 'pending' }
      }
      return paidFacts(session, await takenBack(client, session))
    },
  }
}

const productOf = ({ id, packId }: Pick<PaymentRow, 'id' | 'packId'>) => `${id} ${packId}`

function paidFacts(session: RetrieveSession, back: TakenBack): GatewayFacts {
  const intentId = intentOf(session)
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
    ...back,
  }
}

function intentOf({ payment_intent: intent }: RetrieveSession): string | undefined {
  return typeof intent === 'string' ? intent : intent?.id
}

type TakenBack = Required<Pick<GatewayFacts, 'refunded' | 'disputes'>>

/**
 * Asked one by one: a charge says what was given back, but not what of it failed and returned to
 * the house, which may come to light weeks later.
 */
async function takenBack(client: StripeClient, session: RetrieveSession): Promise<TakenBack> {
  const payment_intent = intentOf(session)
  if (payment_intent === undefined) return { refunded: 0, disputes: [] }
  const { listPage: limit, refundsMax, disputesMax } = paymentBounds
  const [refunds, disputes] = await client.ask((stripe) =>
    Promise.all([
      stripe.refunds.list({ payment_intent, limit }).autoPagingToArray({ limit: refundsMax }),
      stripe.disputes.list({ payment_intent, limit }).autoPagingToArray({ limit: disputesMax }),
    ]),
  )
  const standing = refunds.filter(({ status }) => !returnedRefunds.has(status))
  return {
    refunded: standing.reduce((sum, { amount }) => sum + amount, 0),
    disputes: disputes.map(({ id, amount, status }) => ({
      id,
      amount,
      outcome: outcomeOf(status),
    })),
  }
}

/** The money came back to the house. */
const returnedRefunds: ReadonlySet<string | null> = new Set(['failed', 'canceled'])

/** While an appeal runs the money is away; of a state we do not know we believe the same. */
function outcomeOf(status: string): Dispute['outcome'] {
  if (status === 'won' || status === 'lost' || status === 'prevented') return status
  return status.startsWith('warning_') ? 'inquiry' : 'open'
}
