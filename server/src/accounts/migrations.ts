/** The steps that make the tables of accounts. */
import type { MigrationEntry } from '../platform/database.ts'
import { Accounts20261121000000 } from './migrations/20261121000000-accounts.ts'
import { UserSearch20261122002200 } from './migrations/20261122002200-user-search.ts'
import { VerifiedEmail20261122002100 } from './migrations/20261122002100-verified-email.ts'

export const accountMigrations: MigrationEntry[] = [
  { name: '20261121000000-accounts', class: Accounts20261121000000 },
  { name: '20261122002100-verified-email', class: VerifiedEmail20261122002100 },
  { name: '20261122002200-user-search', class: UserSearch20261122002200 },
]
