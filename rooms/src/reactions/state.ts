/** Reactions since the stream began. Clients animate the difference between two patches. */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const ReactionTotals = schema(
  {
    heart: t.uint32().default(0),
    fire: t.uint32().default(0),
    laugh: t.uint32().default(0),
    clap: t.uint32().default(0),
    wow: t.uint32().default(0),
    cry: t.uint32().default(0),
  },
  'ReactionTotals',
)
export type ReactionTotals = SchemaType<typeof ReactionTotals>
