/** What is there for the whole house: notices, wallets, battles, tiers, payments, jobs, boxes. */
import { battleSchema } from './battles/schema.ts'
import { jobSchema } from './jobs/schema.ts'
import { noticeSchema } from './notices/schema.ts'
import { paymentSchema } from './payments/schema.ts'
import type { Schema } from './platform/database.ts'
import { tierSchema } from './tiers/schema.ts'
import { treasureSchema } from './treasure/schema.ts'
import { walletSchema } from './wallet/schema.ts'

export const houseSchema = {
  entities: [],
  migrations: [
    noticeSchema,
    walletSchema,
    battleSchema,
    tierSchema,
    paymentSchema,
    jobSchema,
    treasureSchema,
  ].flatMap(({ migrations }) => migrations),
} satisfies Schema
