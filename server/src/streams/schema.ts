/** What streams keep in the database. */
import type { Schema } from '../platform/database.ts'
import { StreamEntity } from './entities.ts'
import { Engagement20261122002000 } from './migrations/20261122002000-engagement.ts'
import { Streams20261121000200 } from './migrations/20261121000200-streams.ts'

export const streamSchema = {
  entities: [StreamEntity],
  migrations: [
    { name: '20261121000200-streams', class: Streams20261121000200 },
    { name: '20261122002000-engagement', class: Engagement20261122002000 },
  ],
} satisfies Schema
