/** What rooms that are there for everybody keep: notices and wallets. */
import { noticeSchema } from './notices/schema.ts'
import type { Schema } from './platform/database.ts'
import { walletSchema } from './wallet/schema.ts'

export const houseSchema = {
  entities: [],
  migrations: [...noticeSchema.migrations, ...walletSchema.migrations],
} satisfies Schema
