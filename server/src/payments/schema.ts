/** What payments keep. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Payments20261129130000 } from './migrations/20261129130000-payments.ts'
import { PaymentRounds20261129160000 } from './migrations/20261129160000-payment-rounds.ts'
import { PaymentAnswers20261129210000 } from './migrations/20261129210000-payment-answers.ts'
import { PaymentDebts20261129213000 } from './migrations/20261129213000-payment-debts.ts'

export const paymentSchema = {
  entities: [],
  migrations: [
    { name: '20261129130000-payments', class: Payments20261129130000 },
    { name: '20261129160000-payment-rounds', class: PaymentRounds20261129160000 },
    { name: '20261129210000-payment-answers', class: PaymentAnswers20261129210000 },
    { name: '20261129213000-payment-debts', class: PaymentDebts20261129213000 },
  ],
} satisfies Schema
