/** What gifts have come to; each part has a bound, so its size does not depend on the audience. */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const Supporter = schema(
  { id: t.string(), name: t.string(), coins: t.float64() },
  'Supporter',
)
export type Supporter = SchemaType<typeof Supporter>

/** Nobody sits there while `id` is empty. */
export const Throne = schema(
  {
    id: t.string().default(''),
    name: t.string().default(''),
    /** Of the last hour, as of the claim or their last gift. */
    coins: t.float64().default(0),
    /** Unix ms. */
    since: t.float64().default(0),
  },
  'Throne',
)
export type Throne = SchemaType<typeof Throne>

/** Level 0 is no train. */
export const HypeTrain = schema(
  {
    level: t.uint8().default(0),
    /** Of the whole train. */
    totalCoins: t.float64().default(0),
    /** Of this level so far, and what reaches the next. */
    coins: t.float64().default(0),
    goalCoins: t.float64().default(0),
    /** Unix ms. */
    since: t.float64().default(0),
    /** Unix ms: when it ends unless the level is reached; when the next one may start. */
    until: t.float64().default(0),
    restUntil: t.float64().default(0),
    supporters: t.uint16().default(0),
  },
  'HypeTrain',
)
export type HypeTrain = SchemaType<typeof HypeTrain>

/** No goal while `targetCoins` is 0. */
export const GiftGoal = schema(
  {
    title: t.string().default(''),
    targetCoins: t.float64().default(0),
    coins: t.float64().default(0),
  },
  'GiftGoal',
)
export type GiftGoal = SchemaType<typeof GiftGoal>

export const Gifts = schema(
  {
    /** Number of the newest gift that is in the log, and the stream's coins with it. */
    n: t.uint32().default(0),
    coins: t.float64().default(0),
    /** Who gave most in this stream, most first. */
    supporters: t.array(Supporter),
    throne: t.ref(Throne),
    train: t.ref(HypeTrain),
    goal: t.ref(GiftGoal),
  },
  'Gifts',
)
export type Gifts = SchemaType<typeof Gifts>
