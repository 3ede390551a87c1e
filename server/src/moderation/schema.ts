/** What moderation keeps. It is written and read in plain SQL, so there are no entities. */
import type { Schema } from '../platform/database.ts'
import { Moderation20261122001000 } from './migrations/20261122001000-moderation.ts'
import { SharedLists20261122001100 } from './migrations/20261122001100-shared-lists.ts'
import { RestoredLines20261122001200 } from './migrations/20261122001200-restored-lines.ts'
import { PendingEffects20261123001000 } from './migrations/20261123001000-pending-effects.ts'
import { StandingRemovals20261123003000 } from './migrations/20261123003000-standing-removals.ts'
import { Suspensions20261123005000 } from './migrations/20261123005000-suspensions.ts'
import { ToldEffects20261123004000 } from './migrations/20261123004000-told-effects.ts'

export const moderationSchema = {
  entities: [],
  migrations: [
    { name: '20261122001000-moderation', class: Moderation20261122001000 },
    { name: '20261122001100-shared-lists', class: SharedLists20261122001100 },
    { name: '20261122001200-restored-lines', class: RestoredLines20261122001200 },
    { name: '20261123001000-pending-effects', class: PendingEffects20261123001000 },
    { name: '20261123003000-standing-removals', class: StandingRemovals20261123003000 },
    { name: '20261123004000-told-effects', class: ToldEffects20261123004000 },
    { name: '20261123005000-suspensions', class: Suspensions20261123005000 },
  ],
} satisfies Schema
