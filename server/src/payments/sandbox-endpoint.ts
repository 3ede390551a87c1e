/** In the sandbox one says oneself what became of a payment. It is not there in production. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { uuid } from '../platform/http/ids.ts'
import { ownPayment, paymentView } from './endpoints.ts'
import { viewOf } from './payment-rows.ts'
import type { Payments } from './payments.ts'
import { type Sandbox, sandboxActs } from './sandbox-gateway.ts'

export function sandboxEndpoint(payments: Payments, sandbox: Sandbox): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/payments/:id/sandbox',
      summary: 'For development: pays, declines or gives back without any money.',
      auth: 'account',
      params: z.object({ id: uuid }),
      body: z.object({ act: z.enum(sandboxActs) }),
      reply: paymentView,
    },
    async ({ params, body, identity, settle, refuse }) => {
      const row = settle(await ownPayment(payments, params.id, identity.userId))
      if (row.gateway !== 'sandbox') return refuse('not_found')
      await sandbox.act(row, body.act)
      return viewOf((await payments.look(row.id)) ?? row)
    },
  )
}
