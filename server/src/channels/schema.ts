/** What channels keep in the database. */
import type { Schema } from '../platform/database.ts'
import { ChannelEntity } from './entities.ts'
import { Channels20261121000100 } from './migrations/20261121000100-channels.ts'

export const channelSchema = {
  entities: [ChannelEntity],
  migrations: [{ name: '20261121000100-channels', class: Channels20261121000100 }],
} satisfies Schema
