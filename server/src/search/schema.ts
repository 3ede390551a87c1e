/** What search keeps in the database. */
import type { Schema } from '../platform/database.ts'
import { Search20261122003300 } from './migrations/20261122003300-search.ts'

export const searchSchema = {
  entities: [],
  migrations: [{ name: '20261122003300-search', class: Search20261122003300 }],
} satisfies Schema
