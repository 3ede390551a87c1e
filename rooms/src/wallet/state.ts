/** What a person has, for their own room alone; whole minor units. */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const Wallet = schema(
  { coin: t.number().default(0), bonus: t.number().default(0), hours: t.number().default(0) },
  'Wallet',
)
export type Wallet = SchemaType<typeof Wallet>
