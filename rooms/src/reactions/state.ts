/** Reactions since the stream began. Clients animate the difference between two patches. */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const ReactionTotals = schema(
  {
    heart: t.number().default(0),
    fire: t.number().default(0),
    laugh: t.number().default(0),
    clap: t.number().default(0),
    wow: t.number().default(0),
    cry: t.number().default(0),
  },
  'ReactionTotals',
)
export type ReactionTotals = SchemaType<typeof ReactionTotals>
