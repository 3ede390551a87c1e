/** A gateway that moves no money, for development: one says oneself what became of a payment. */
import type { Sql } from '../platform/database.ts'
import type { Gateway, PaymentRow } from './gateway.ts'

export const sandboxActs = ['pay', 'decline', 'refund'] as const
export type SandboxAct = (typeof sandboxActs)[number]

export interface Sandbox extends Gateway {
  act(payment: PaymentRow, act: SandboxAct): Promise<void>
}

export function sandboxGateway(sql: Sql): Sandbox {
  const productOf = ({ id }: Pick<PaymentRow, 'id'>) => id
  return {
    name: 'sandbox',
    currencies: ['NPR', 'USD'],
    productOf,

    begin: ({ id }) =>
      // A page of the app, wherever that is reached.
      Promise.resolve({ ref: id, way: { url: `/coins/sandbox/${id}`, fields: null } }),

    async look({ id, amount, currency }) {
      const [charge] = await sql<{ outcome: string; refunded: string }>`
        select outcome, refunded from sandbox_charges where payment_id = ${id}`
      if (charge === undefined) return { status: 'pending' }
      if (charge.outcome !== 'paid') return { status: 'failed' }
      const paid = { amount, currency, product: productOf({ id }) }
      return { status: 'paid', paid, transaction: id, refunded: Number(charge.refunded) }
    },

    async act({ id, amount }, act) {
      if (act === 'refund') {
        await sql`
          update sandbox_charges set refunded = ${amount}
          where payment_id = ${id} and outcome = 'paid'`
        return
      }
      await sql`
        insert into sandbox_charges (payment_id, outcome)
        values (${id}, ${act === 'pay' ? 'paid' : 'declined'})
        on conflict do nothing`
    },
  }
}
