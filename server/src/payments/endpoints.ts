/** Buying coins over HTTP: what there is, beginning, seeing what became of it. */
import {
  fiatCurrencies,
  gatewayNames,
  paymentLimits,
  paymentRefusals,
  paymentStates,
} from '@odeon/rooms'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { uuid } from '../platform/http/ids.ts'
import { Refused } from '../platform/http/refusal.ts'
import { viewOf } from './payment-rows.ts'
import type { Payments } from './payments.ts'

const minor = z.number().int().describe('minor units: paisa, cents')
const currency = z.enum(fiatCurrencies)
const gateway = z.enum(gatewayNames)

export const paymentView = z.object({
  id: uuid,
  packId: z.string(),
  coins: z.number().int(),
  gateway,
  currency,
  amount: minor,
  state: z.enum(paymentStates),
  at: z.number(),
  expiresAt: z.number().describe('until when one may pay, as far as we know'),
  refunded: minor,
  coinsOwed: z.number().int().describe('that were to go back and were spent already'),
  needsLook: z
    .boolean()
    .describe('money may have come that is not what was asked: a person of the house must look'),
})

const way = z
  .object({
    url: z.string(),
    fields: z
      .record(z.string(), z.string())
      .nullable()
      .describe('with them the browser posts a form to the address'),
  })
  .nullable()
  .describe('where to pay; null once there is nothing to pay')

/** What makes the house ask a gateway. */
const gatewayLimit = [{ limit: 'general' }, { limit: 'payment' }] as const

const ownId = z.object({ id: uuid })

export function paymentEndpoints(payments: Payments): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/payments/packs',
        summary: 'Coins that can be bought, and where one can pay.',
        auth: 'none',
        reply: z.object({
          packs: z.array(
            z.object({ id: z.string(), coins: z.number().int(), currency, amount: minor }),
          ),
          gateways: z.array(z.object({ name: gateway, currencies: z.array(currency) })),
        }),
      },
      () => ({ packs: [...payments.packs], gateways: [...payments.offered] }),
    ),
    beginEndpoint(payments),
    historyEndpoint(payments),
    endpoint(
      {
        method: 'GET',
        path: '/v1/payments/:id',
        summary: 'A payment of the caller, as it is known.',
        auth: 'account',
        params: ownId,
        reply: paymentView,
      },
      async ({ params, identity, settle }) =>
        viewOf(settle(await ownPayment(payments, params.id, identity.userId))),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/payments/:id/check',
        summary: 'Asks the gateway about a payment of the caller, at most every two seconds.',
        auth: 'account',
        params: ownId,
        reply: paymentView,
        limit: gatewayLimit,
      },
      async ({ params, identity, settle }) => {
        const own = settle(await ownPayment(payments, params.id, identity.userId))
        return viewOf(await payments.check(own))
      },
    ),
  ]
}

function beginEndpoint(payments: Payments): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/payments',
      summary: 'Begins a payment. The same requestId begins one payment, however often it is sent.',
      auth: 'account',
      body: z.object({
        requestId: z.string().regex(/^[\w-]{8,64}$/),
        packId: z.string().max(32),
        gateway,
      }),
      reply: z.object({ payment: paymentView, way }),
      refusals: paymentRefusals,
      limit: gatewayLimit,
    },
    async ({ body, identity, settle }) => {
      const { payment, way: to } = settle(await payments.begin(identity.userId, body))
      return { payment: viewOf(payment), way: to }
    },
  )
}

function historyEndpoint(payments: Payments): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/payments',
      summary: 'Payments of the caller, newest first.',
      auth: 'account',
      query: z.object({
        before: uuid.optional().describe('id of the last payment of the page before'),
        limit: z.coerce.number().int().min(1).max(paymentLimits.historyPageMax).default(20),
      }),
      reply: z.object({
        payments: z.array(paymentView),
        more: z.boolean(),
        coinsOwed: z.number().int().describe('of all payments, on every page'),
      }),
    },
    async ({ query: { before, limit }, identity }) => {
      const rows = await payments.rows.page(identity.userId, before, limit + 1)
      const coinsOwed = await payments.rows.owedBy(identity.userId)
      return { payments: rows.slice(0, limit).map(viewOf), more: rows.length > limit, coinsOwed }
    },
  )
}

/** Those of others are not there. */
export async function ownPayment({ rows }: Pick<Payments, 'rows'>, id: string, userId: string) {
  const row = await rows.byId(id)
  return row?.userId === userId ? row : new Refused('not_found')
}
