/** What streams keep in the database. */
import type { Schema } from '../platform/database.ts'
import { StreamEntity } from './entities.ts'
import { Engagement20261122002000 } from './migrations/20261122002000-engagement.ts'
import { Medium20261128000000 } from './migrations/20261128000000-medium.ts'
import { Streams20261121000200 } from './migrations/20261121000200-streams.ts'

export const streamSchema = {
  entities: [StreamEntity],
  migrations: [
    { name: '20261121000200-streams', class: Streams20261121000200 },
    { name: '20261122002000-engagement', class: Engagement20261122002000 },
    { name: '20261128000000-medium', class: Medium20261128000000 },
  ],
} satisfies Schema
