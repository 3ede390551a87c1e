/** Figures of payments for Prometheus. */
import { type GatewayName, gatewayNames, type PaymentState } from '@odeon/rooms'
import { Counter, Gauge, type Registry } from 'prom-client'

/** Why something a gateway, or somebody in its name, said was not believed or not acted upon. */
export const refusalReasons = [
  'amount_differs',
  'bad_signature',
  'currency_differs',
  'malformed',
  'price_changed',
  'product_differs',
  'refund_amount_unknown',
  'stale',
  'transaction_reused',
  'unknown_payment',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

export interface PaymentMeter {
  became(gateway: GatewayName, state: PaymentState): void
  /** By a webhook, a return or an answer. */
  refused(gateway: GatewayName, reason: RefusalReason): void
  unavailable(gateway: GatewayName): void
  /** Of the whole house: coins that are still to go back, and people who owe some. */
  owe(owed: { coins: number; people: number }): void
}

export function paymentMeter(registry: Registry | undefined): PaymentMeter {
  const registers = registry === undefined ? [] : [registry]
  const states = new Counter({
    name: 'odeon_payments_total',
    help: 'Payments that came to a state, by gateway',
    labelNames: ['gateway', 'state'],
    registers,
  })
  const refusals = new Counter({
    name: 'odeon_payments_refused_total',
    help: 'Tellings and answers about payments that were refused, by reason',
    labelNames: ['gateway', 'reason'],
    registers,
  })
  const failures = new Counter({
    name: 'odeon_payments_unanswered_total',
    help: 'Questions a gateway did not answer',
    labelNames: ['gateway'],
    registers,
  })
  const owedCoins = new Gauge({
    name: 'odeon_payments_coins_owed',
    help: 'Coins that were to go back and were spent already',
    registers,
  })
  const debtors = new Gauge({
    name: 'odeon_payments_debtors',
    help: 'People who owe coins',
    registers,
  })
  for (const gateway of gatewayNames) states.inc({ gateway, state: 'pending' }, 0)
  return {
    became: (gateway, state) => states.inc({ gateway, state }),
    refused: (gateway, reason) => refusals.inc({ gateway, reason }),
    unavailable: (gateway) => failures.inc({ gateway }),
    owe({ coins, people }) {
      owedCoins.set(coins)
      debtors.set(people)
    },
  }
}
