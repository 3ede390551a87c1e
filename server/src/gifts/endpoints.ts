/** `GET /v1/gifts`: what can be given. */
import { giftEffects, giftLimits } from '@odeon/rooms'
import type { GiftKind } from '@odeon/rooms/ports'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'

const giftView = z.object({
  id: z.string(),
  priceCoins: z.number().int(),
  effect: z.enum(giftEffects),
  tierMin: z.number().int().describe('tier of the house a sender needs; 0 for everybody'),
})

export function giftEndpoints(kinds: readonly GiftKind[]): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/gifts',
        summary: 'What can be given in live rooms, cheapest first.',
        auth: 'none',
        reply: z.object({ gifts: z.array(giftView), quantityMax: z.number().int() }),
      },
      () => Promise.resolve({ gifts: [...kinds], quantityMax: giftLimits.quantityMax }),
    ),
  ]
}
