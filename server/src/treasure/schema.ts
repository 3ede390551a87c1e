/** What treasure boxes keep. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Treasure20261129180000 } from './migrations/20261129180000-treasure.ts'
import { TreasureBounds20261129224000 } from './migrations/20261129224000-treasure-bounds.ts'

export const treasureSchema = {
  entities: [],
  migrations: [
    { name: '20261129180000-treasure', class: Treasure20261129180000 },
    { name: '20261129224000-treasure-bounds', class: TreasureBounds20261129224000 },
  ],
} satisfies Schema
