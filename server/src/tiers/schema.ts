/** What tiers keep. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Tiers20261129130000 } from './migrations/20261129130000-tiers.ts'
import { TierEnds20261129223000 } from './migrations/20261129223000-tier-ends.ts'

export const tierSchema = {
  entities: [],
  migrations: [
    { name: '20261129130000-tiers', class: Tiers20261129130000 },
    { name: '20261129223000-tier-ends', class: TierEnds20261129223000 },
  ],
} satisfies Schema
