/** What rooms that are there for everybody keep: notices, wallets, battles. */
import { battleSchema } from './battles/schema.ts'
import { noticeSchema } from './notices/schema.ts'
import type { Schema } from './platform/database.ts'
import { walletSchema } from './wallet/schema.ts'

export const houseSchema = {
  entities: [],
  migrations: [...noticeSchema.migrations, ...walletSchema.migrations, ...battleSchema.migrations],
} satisfies Schema
