/** What media keep in the database. */
import type { Schema } from '../platform/database.ts'
import { Media20261122003100 } from './migrations/20261122003100-media.ts'

export const mediaSchema = {
  entities: [],
  migrations: [{ name: '20261122003100-media', class: Media20261122003100 }],
} satisfies Schema
