/** What channels keep in the database. */
import type { Schema } from '../platform/database.ts'
import { ChannelEntity } from './entities.ts'
import { Channels20261121000100 } from './migrations/20261121000100-channels.ts'
import { Follows20261122003000 } from './migrations/20261122003000-follows.ts'

export const channelSchema = {
  entities: [ChannelEntity],
  migrations: [
    { name: '20261121000100-channels', class: Channels20261121000100 },
    { name: '20261122003000-follows', class: Follows20261122003000 },
  ],
} satisfies Schema
