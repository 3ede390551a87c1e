/** What emotes keep in the database. */
import type { Schema } from '../platform/database.ts'
import { Emotes20261122003200 } from './migrations/20261122003200-emotes.ts'

export const emoteSchema = {
  entities: [],
  migrations: [{ name: '20261122003200-emotes', class: Emotes20261122003200 }],
} satisfies Schema
