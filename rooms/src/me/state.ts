/** What is true now in a personal room. */
import { type SchemaType, schema, t } from '@colyseus/schema'
import { Wallet } from '../wallet/state.ts'

export const MeState = schema({ unread: t.uint32().default(0), wallet: t.ref(Wallet) }, 'MeState')
export type MeState = SchemaType<typeof MeState>
