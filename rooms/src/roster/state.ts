/** A host or moderator who is in the room. Viewers are only counted. */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const CrewMember = schema(
  {
    name: t.string(),
    role: t.string<'host' | 'moderator'>(),
    /** Of the house; 0 without one. */
    tier: t.uint8().default(0),
  },
  'CrewMember',
)
export type CrewMember = SchemaType<typeof CrewMember>
