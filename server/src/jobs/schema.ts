/** The table of jobs where there is no MongoDB. Agenda reads and writes it. */
import type { Schema } from '../platform/database.ts'
import { Jobs20261129130100 } from './migrations/20261129130100-jobs.ts'

export const jobSchema = {
  entities: [],
  migrations: [{ name: '20261129130100-jobs', class: Jobs20261129130100 }],
} satisfies Schema
