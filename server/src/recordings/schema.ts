/** What recordings keep in the database; their bytes lie in a segment store. */
import type { Schema } from '../platform/database.ts'
import { Recordings20261123000000 } from './migrations/20261123000000-recordings.ts'

export const recordingSchema = {
  entities: [],
  migrations: [{ name: '20261123000000-recordings', class: Recordings20261123000000 }],
} satisfies Schema
