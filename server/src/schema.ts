/** What the database holds: every capability's entities and migrations, named once. */
import { accountEntities } from './accounts/entities.ts'
import { accountMigrations } from './accounts/migrations.ts'
import { archiveSchema } from './archive/schema.ts'
import { channelSchema } from './channels/schema.ts'
import { broadcastSchema } from './broadcast-schema.ts'
import { emoteSchema } from './emotes/schema.ts'
import { mediaSchema } from './media/schema.ts'
import { houseSchema } from './house-schema.ts'
import { moderationSchema } from './moderation/schema.ts'
import type { Schema } from './platform/database.ts'
import { recordingSchema } from './recordings/schema.ts'
import { searchSchema } from './search/schema.ts'
import { streamSchema } from './streams/schema.ts'

const accounts: Schema = {
  entities: accountEntities,
  migrations: accountMigrations,
}

const capabilities: Schema[] = [
  accounts,
  channelSchema,
  mediaSchema,
  emoteSchema,
  streamSchema,
  searchSchema,
  archiveSchema,
  recordingSchema,
  houseSchema,
  moderationSchema,
  broadcastSchema,
]

export const schema = {
  entities: capabilities.flatMap((capability) => capability.entities),
  migrations: capabilities.flatMap((capability) => capability.migrations),
} satisfies Schema
