/** What the wallet keeps. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Ledger20261129000200 } from './migrations/20261129000200-ledger.ts'

export const walletSchema = {
  entities: [],
  migrations: [{ name: '20261129000200-ledger', class: Ledger20261129000200 }],
} satisfies Schema
