/** Gifts, put together: what can be given, and the desk that rooms ask. */
import type { GiftDesk } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { TierDesk } from '../tiers/tier-desk.ts'
import type { WalletSide } from '../wallet/wallet-side.ts'
import { giftEndpoints } from './endpoints.ts'
import { giftDesk } from './gift-desk.ts'
import { houseGifts } from './house-gifts.ts'

export interface GiftSide {
  desk: GiftDesk
  endpoints: Endpoint[]
}

export interface GiftSideDeps {
  sql: Sql
  wallet: WalletSide
  tiers: Pick<TierDesk, 'of'>
  creatorShareBps: number
}

export function giftSide({ sql, wallet, tiers, creatorShareBps }: GiftSideDeps): GiftSide {
  const { ledger, reads } = wallet
  const tierOf = async (userId: string) => (await tiers.of(userId)).level
  return {
    desk: giftDesk({ sql, ledger, reads, kinds: houseGifts, creatorShareBps, tierOf }),
    endpoints: giftEndpoints(houseGifts),
  }
}
