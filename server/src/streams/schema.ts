/** What streams keep in the database. */
import type { Schema } from '../platform/database.ts'
import { StreamEntity } from './entities.ts'
import { Streams20261121000200 } from './migrations/20261121000200-streams.ts'

export const streamSchema = {
  entities: [StreamEntity],
  migrations: [{ name: '20261121000200-streams', class: Streams20261121000200 }],
} satisfies Schema
