/** What outputs keep in the database. */
import type { Schema } from '../platform/database.ts'
import { Outputs20261129000100 } from './migrations/20261129000100-outputs.ts'
import { Films20261129001000 } from './migrations/20261129001000-films.ts'

export const outputSchema = {
  entities: [],
  migrations: [
    { name: '20261129000100-outputs', class: Outputs20261129000100 },
    { name: '20261129001000-films', class: Films20261129001000 },
  ],
} satisfies Schema
