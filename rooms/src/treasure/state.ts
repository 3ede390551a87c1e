/** A treasure box as everybody in the room sees it; its lucky ones have a bound. */
import { type SchemaType, schema, t } from '@colyseus/schema'
import type { TreasurePhase } from './protocol.ts'

export const TreasureShare = schema(
  { id: t.string(), name: t.string(), coins: t.float64() },
  'TreasureShare',
)
export type TreasureShare = SchemaType<typeof TreasureShare>

/** While the phase is `none` the rest means nothing. */
export const Treasure = schema(
  {
    id: t.string().default(''),
    phase: t.string<TreasurePhase>().default('none'),
    /** Who filled it. */
    byId: t.string().default(''),
    byName: t.string().default(''),
    coins: t.float64().default(0),
    shares: t.uint16().default(0),
    /** Unix ms: of the opening, of the last claim; when this phase ends. */
    opensAt: t.float64().default(0),
    endsAt: t.float64().default(0),
    until: t.float64().default(0),
    commitment: t.string().default(''),
    /** How many take part. */
    claims: t.uint32().default(0),
    /** Once it is drawn. */
    lucky: t.array(TreasureShare),
    returnedCoins: t.float64().default(0),
    /** It could not be drawn in its time: all of it is back. */
    isExpired: t.boolean().default(false),
  },
  'Treasure',
)
export type Treasure = SchemaType<typeof Treasure>
