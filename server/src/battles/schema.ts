/** What battles keep. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Battles20261129100000 } from './migrations/20261129100000-battles.ts'

export const battleSchema = {
  entities: [],
  migrations: [{ name: '20261129100000-battles', class: Battles20261129100000 }],
} satisfies Schema
