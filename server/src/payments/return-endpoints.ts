/** Where browsers come back to from a gateway. What they bring is a hint; the gateway is asked. */
import { z } from 'zod'
import { validate as isUuid } from 'uuid'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { BytesReply } from '../platform/http/send-reply.ts'
import { readEsewaAnswer } from './esewa-gateway.ts'
import type { ReturnPages } from './gateway.ts'
import { decimalOf } from './money.ts'
import type { PaymentMeter, RefusalReason } from './payment-meter.ts'
import type { Payments } from './payments.ts'
import type { EsewaSettings } from './settings.ts'

export const returnPaths = {
  esewa: '/v1/payments/return/esewa',
  khalti: '/v1/payments/return/khalti',
} as const

export interface ReturnDeps {
  payments: Payments
  pages: ReturnPages
  meter: PaymentMeter
}

const refusals = {
  not_from_gateway: { status: 400, text: 'This does not come from where one pays.' },
} as const

const seeOther = (location: string) =>
  new BytesReply(new Uint8Array(), { location, 'cache-control': 'no-store' }, 303)

export function esewaReturn(deps: ReturnDeps, esewa: EsewaSettings): Endpoint {
  const { payments, pages, meter } = deps
  return endpoint(
    {
      method: 'GET',
      path: returnPaths.esewa,
      summary: 'For browsers that come back from eSewa, with what it signed.',
      auth: 'none',
      query: z.object({ data: z.string().max(4_096) }),
      reply: z.instanceof(BytesReply),
      refusals,
    },
    async ({ query, refuse, log }) => {
      const no = (reason: RefusalReason): never => {
        meter.refused('esewa', reason)
        log.warn({ gateway: 'esewa', reason }, 'a return was refused')
        return refuse('not_from_gateway')
      }
      // A plus in base64 is a space to whoever reads a query.
      const answer = readEsewaAnswer(esewa.secretKey, query.data.replaceAll(' ', '+'))
      if (answer === undefined) return no('bad_signature')
      const row = isUuid(answer.paymentId) ? await payments.rows.byId(answer.paymentId) : undefined
      if (row?.gateway !== 'esewa') return no('unknown_payment')
      if (answer.product !== esewa.productCode) return no('product_differs')
      if (answer.amount !== row.amount) {
        log.warn({ paymentId: row.id, asked: decimalOf(row.amount) }, 'eSewa took another amount')
        return no('amount_differs')
      }
      // Should it not answer now, the page asks again, and so does the upkeep.
      await payments.check(row, { isTold: true })
      return seeOther(pages.paid(row.id))
    },
  )
}

export function khaltiReturn({ payments, pages, meter }: ReturnDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: returnPaths.khalti,
      summary: 'For browsers that come back from Khalti. Only its name of the payment is read.',
      auth: 'none',
      query: z.looseObject({
        pidx: z.string().regex(/^[\w-]{1,128}$/),
        status: z.string().max(64).optional(),
      }),
      reply: z.instanceof(BytesReply),
      refusals,
    },
    async ({ query: { pidx, status }, refuse, log }) => {
      const paymentId = await payments.rows.idOf('khalti', { ref: pidx })
      const row = paymentId === undefined ? undefined : await payments.rows.byId(paymentId)
      if (row === undefined) {
        meter.refused('khalti', 'unknown_payment')
        log.warn({ gateway: 'khalti' }, 'a return named a payment that is not ours')
        return refuse('not_from_gateway')
      }
      await payments.check(row, { isTold: true })
      // Which words the page begins with; what it then shows is what Khalti says.
      const isLeft = status?.toLowerCase() === 'user canceled'
      return seeOther(isLeft ? pages.left(row.id) : pages.paid(row.id))
    },
  )
}
