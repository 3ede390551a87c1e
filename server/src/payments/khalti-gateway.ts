/** Khalti's ePayment, version 2: begun and looked up by the server. Amounts travel in paisa. */
import { z } from 'zod'
import { askJson } from './ask-json.ts'
import { type Gateway, type GatewayFacts, GatewayUnavailable } from './gateway.ts'
import type { KhaltiSettings } from './settings.ts'

const begunShape = z.object({
  pidx: z.string().min(1).max(128),
  payment_url: z.url({ protocol: /^https?$/ }).max(2_048),
  expires_at: z.string().nullish(),
})

const lookupShape = z.object({
  pidx: z.string(),
  total_amount: z.number().nullish(),
  status: z.string(),
  transaction_id: z.string().nullish(),
})

export interface KhaltiPlace {
  /** Where Khalti sends people back. */
  backTo: string
  websiteUrl: string
}

export function khaltiGateway(settings: KhaltiSettings, place: KhaltiPlace): Gateway {
  const { secretKey, url } = settings
  const ask = (path: string, json: object) =>
    askJson('Khalti', `${url}/api/v2/epayment/${path}/`, {
      method: 'POST',
      headers: { authorization: `Key ${secretKey}` },
      json,
    })
  return {
    name: 'khalti',
    currencies: ['NPR'],
    productOf: ({ ref }) => ref ?? '',

    async begin({ id, amount, coins }) {
      const { status, body } = await ask('initiate', {
        return_url: place.backTo,
        website_url: place.websiteUrl,
        amount,
        purchase_order_id: id,
        purchase_order_name: `${coins} coins`,
      })
      const begun = begunShape.safeParse(body)
      if (!begun.success) throw new GatewayUnavailable(`Khalti answers ${status}`)
      const { pidx, payment_url: to, expires_at: until } = begun.data
      const expiresAt = Date.parse(until ?? '')
      const way = { url: to, fields: null }
      return { ref: pidx, way, ...(Number.isFinite(expiresAt) && { expiresAt }) }
    },

    async look({ ref, amount }) {
      // Those that are over are told with status 400, and a body as any other.
      const { status, body } = await ask('lookup', { pidx: ref })
      const told = lookupShape.safeParse(body)
      if (!told.success) throw new GatewayUnavailable(`Khalti answers ${status}`)
      return factsOf(told.data, amount)
    },
  }
}

function factsOf(told: z.output<typeof lookupShape>, amount: number): GatewayFacts {
  const paid = {
    status: 'paid',
    // Khalti knows rupees alone.
    paid: { amount: told.total_amount ?? 0, currency: 'NPR', product: told.pidx },
    ...(typeof told.transaction_id === 'string' && { transaction: told.transaction_id }),
  } as const
  switch (told.status.toLowerCase()) {
    case 'completed':
      return paid
    case 'refunded':
      return { ...paid, refunded: amount }
    case 'partially refunded':
      // It does not say how much.
      return { ...paid, trouble: 'refund_amount_unknown' }
    case 'expired':
      return { status: 'expired' }
    case 'user canceled':
      return { status: 'failed' }
    default:
      return { status: 'pending' }
  }
}
