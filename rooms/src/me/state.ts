/** What is true now in a personal room. */
import { type SchemaType, schema, t } from '@colyseus/schema'
import { Wallet } from '../wallet/state.ts'

export const MeState = schema(
  {
    unread: t.uint32().default(0),
    wallet: t.ref(Wallet),
    /** Tier of the house; 0 without one. */
    tier: t.uint8().default(0),
    /** Unix ms; 0 without one. */
    tierUntil: t.float64().default(0),
  },
  'MeState',
)
export type MeState = SchemaType<typeof MeState>
