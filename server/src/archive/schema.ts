/** What the archive keeps. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Archive20261121000300 } from './migrations/20261121000300-archive.ts'

export const archiveSchema = {
  entities: [],
  migrations: [{ name: '20261121000300-archive', class: Archive20261121000300 }],
} satisfies Schema
