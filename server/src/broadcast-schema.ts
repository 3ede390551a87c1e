/** What goes into streams and out of them by other programs keeps in the database. */
import { encoderSchema } from './encoders/schema.ts'
import { outputSchema } from './outputs/schema.ts'
import type { Schema } from './platform/database.ts'

export const broadcastSchema = {
  entities: [],
  migrations: [...encoderSchema.migrations, ...outputSchema.migrations],
} satisfies Schema
