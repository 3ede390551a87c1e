/** Gifts, put together: what can be given, and the desk that rooms ask. */
import type { GiftDesk } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { WalletSide } from '../wallet/wallet-side.ts'
import { giftEndpoints } from './endpoints.ts'
import { giftDesk } from './gift-desk.ts'
import { creatorShareBps, houseGifts } from './house-gifts.ts'

export interface GiftSide {
  desk: GiftDesk
  endpoints: Endpoint[]
}

export function giftSide({ sql, wallet }: { sql: Sql; wallet: WalletSide }): GiftSide {
  const { ledger, reads } = wallet
  // There are no tiers to be had: gifts for them are listed, and refused to everybody.
  const tierOf = () => Promise.resolve(0)
  return {
    desk: giftDesk({ sql, ledger, reads, kinds: houseGifts, creatorShareBps, tierOf }),
    endpoints: giftEndpoints(houseGifts),
  }
}
