/**
 * eSewa's ePay, version 2: the browser posts a signed form, comes back with a signed answer, and
 * the status of the transaction is asked of eSewa. Amounts travel in rupees.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { askJson } from './ask-json.ts'
import {
  type Gateway,
  type GatewayFacts,
  GatewayUnavailable,
  type PaymentRow,
  type ReturnPages,
} from './gateway.ts'
import { decimalOf, minorOf } from './money.ts'
import type { EsewaSettings } from './settings.ts'

const formPath = '/api/epay/main/v2/form'
const statusPath = '/api/epay/transaction/status/'
const formSigns = ['total_amount', 'transaction_uuid', 'product_code'] as const

export function esewaGateway(
  settings: EsewaSettings,
  { backTo, pages }: { backTo: string; pages: ReturnPages },
): Gateway {
  const { productCode, secretKey, url, statusUrl } = settings
  return {
    name: 'esewa',
    currencies: ['NPR'],
    // Whoever kept the form posts it whenever they like, and eSewa takes it.
    isOpenEnded: true,
    formOrigin: new URL(url).origin,
    productOf: ({ id }) => `${productCode} ${id}`,

    async begin({ id, amount }) {
      const signed = {
        total_amount: decimalOf(amount),
        transaction_uuid: id,
        product_code: productCode,
      }
      const fields = {
        ...signed,
        amount: decimalOf(amount),
        tax_amount: '0',
        product_service_charge: '0',
        product_delivery_charge: '0',
        success_url: backTo,
        failure_url: pages.left(id),
        signed_field_names: formSigns.join(','),
        signature: signEsewa(
          secretKey,
          formSigns.map((name) => [name, signed[name]]),
        ),
      }
      return { ref: id, way: { url: `${url}${formPath}`, fields } }
    },

    async look({ ref, amount, isPaid }) {
      const query = new URLSearchParams({
        product_code: productCode,
        total_amount: decimalOf(amount),
        transaction_uuid: ref,
      })
      const { body } = await askJson('eSewa', `${statusUrl}${statusPath}?${query.toString()}`)
      const told = statusShape.safeParse(body)
      if (!told.success) throw new GatewayUnavailable('eSewa answers no status')
      return factsOf(told.data, { amount, isPaid })
    },
  }
}

const statusShape = z.object({
  status: z.string(),
  product_code: z.string().nullish(),
  transaction_uuid: z.string().nullish(),
  total_amount: z.union([z.string(), z.number()]).nullish(),
  ref_id: z.string().nullish(),
})

type Known = Pick<PaymentRow, 'amount' | 'isPaid'>

function factsOf(told: z.output<typeof statusShape>, { amount, isPaid }: Known): GatewayFacts {
  const paid = {
    status: 'paid',
    paid: {
      amount: minorOf(told.total_amount) ?? 0,
      // eSewa knows rupees alone.
      currency: 'NPR',
      product: `${told.product_code} ${told.transaction_uuid}`,
    },
    ...(typeof told.ref_id === 'string' && { transaction: told.ref_id }),
  } as const
  switch (told.status) {
    case 'COMPLETE':
      return paid
    case 'FULL_REFUND':
      return { ...paid, refunded: amount }
    case 'PARTIAL_REFUND':
      // It does not say how much.
      return { ...paid, trouble: 'refund_amount_unknown' }
    case 'CANCELED':
      // Of what was paid it is what eSewa calls back, all of it.
      return { status: 'failed', ...(isPaid && { refunded: amount }) }
    case 'NOT_FOUND':
      return { status: 'pending', isUntried: true }
    default:
      return { status: 'pending' }
  }
}

/** HMAC-SHA256 in base64 over `name=value` of each, in their order. */
export function signEsewa(secretKey: string, fields: readonly (readonly [string, string])[]) {
  const text = fields.map(([name, value]) => `${name}=${value}`).join(',')
  return createHmac('sha256', secretKey).update(text).digest('base64')
}

/** What the browser brings back from eSewa: base64 of JSON that is signed. */
const answerShape = z.object({
  transaction_uuid: z.string().max(64),
  product_code: z.string().max(64),
  total_amount: z.string().max(32),
  status: z.string().max(32),
  signed_field_names: z.string().max(255),
  signature: z.string().max(128),
})
const answerSigns = ['status', 'total_amount', 'transaction_uuid', 'product_code']

export type EsewaAnswer = { paymentId: string; amount: number | undefined; product: string }

/** Undefined: eSewa did not sign it, whatever it says. */
export function readEsewaAnswer(secretKey: string, data: string): EsewaAnswer | undefined {
  const fields = textsOf(Buffer.from(data, 'base64').toString('utf8'))
  const told = answerShape.safeParse(fields)
  if (fields === undefined || !told.success) return undefined
  const names = told.data.signed_field_names.split(',')
  if (!answerSigns.every((name) => names.includes(name))) return undefined
  const signed = names.map((name) => [name, fields[name] ?? ''] as const)
  const expected = Buffer.from(signEsewa(secretKey, signed))
  const given = Buffer.from(told.data.signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  const { transaction_uuid: paymentId, product_code: product, total_amount: total } = told.data
  return { paymentId, amount: minorOf(total), product }
}

/** Values as they are written: what is signed of a number is its text, `1000.0`. */
function textsOf(json: string): Record<string, string> | undefined {
  try {
    const asWritten = (_key: string, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value
    const read: unknown = JSON.parse(json, asWritten)
    const shape = z.record(z.string().max(64), z.string().max(255))
    return shape.safeParse(read).data
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
