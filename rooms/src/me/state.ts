/** What is true now in a personal room. */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const MeState = schema({ unread: t.uint32().default(0) }, 'MeState')
export type MeState = SchemaType<typeof MeState>
