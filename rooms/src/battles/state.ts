/** A battle as a room's audience sees it: at most four sides. */
import { type SchemaType, schema, t } from '@colyseus/schema'
import type { BattleEnd, BattlePhase } from './protocol.ts'

export const BattleSideState = schema(
  {
    streamId: t.string(),
    channel: t.string(),
    name: t.string(),
    avatarUrl: t.string().default(''),
    hostId: t.string(),
    team: t.uint8(),
    hasAccepted: t.boolean().default(false),
    hasForfeited: t.boolean().default(false),
    hasMisted: t.boolean().default(false),
    /** As of the beginning of a mist, in rooms that may not see through it. */
    points: t.float64().default(0),
    /** Unix ms; 0: there is none. */
    awayUntil: t.float64().default(0),
    boostFrom: t.float64().default(0),
    boostUntil: t.float64().default(0),
    mistUntil: t.float64().default(0),
  },
  'BattleSide',
)
export type BattleSideState = SchemaType<typeof BattleSideState>

/** While the phase is `none` the rest means nothing. */
export const Battle = schema(
  {
    id: t.string().default(''),
    phase: t.string<BattlePhase>().default('none'),
    /** The stream that invited. */
    by: t.string().default(''),
    /** The one gift that counts; empty: all do. */
    giftId: t.string().default(''),
    terms: t.string().default(''),
    minutes: t.uint8().default(0),
    reactionsPerPoint: t.uint16().default(0),
    /** Unix ms: of the invitation, the start, the bell; when this phase ends, 0 if nobody knows. */
    invitedUntil: t.float64().default(0),
    startsAt: t.float64().default(0),
    endsAt: t.float64().default(0),
    until: t.float64().default(0),
    overtimes: t.uint8().default(0),
    end: t.string<BattleEnd | ''>().default(''),
    /** Team; -1 while nobody has won. */
    winner: t.int8().default(-1),
    sides: t.array(BattleSideState),
  },
  'Battle',
)
export type Battle = SchemaType<typeof Battle>
