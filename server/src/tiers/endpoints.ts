/** Tiers over HTTP: what can be bought, what one has, buying. */
import { chatPrivileges, requestId, tierLimits } from '@odeon/rooms'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { TierDesk } from './tier-desk.ts'

const level = z.number().int().min(1).max(tierLimits.levelMax)

const ownTier = z.object({
  level: z.number().int().describe('0 without a tier'),
  until: z.number().nullable().describe('Unix ms; null without a tier'),
})

const kindView = z.object({
  level,
  priceCoins: z.number().int(),
  days: z.number().int(),
  dailyBonus: z.number().int().describe('bonus coins for each day'),
  exclusiveGifts: z.array(z.string()).describe('gifts that this tier opens, and higher ones'),
  chatPrivileges: z.array(z.enum(chatPrivileges)),
})

const refusals = {
  no_such_tier: { status: 404, text: 'There is no such tier.' },
  higher_tier_held: {
    status: 409,
    text: 'You have a higher tier. Buy this one when it has ended.',
  },
  too_far_ahead: {
    status: 409,
    text: `A tier reaches at most ${tierLimits.aheadDaysMax} days ahead.`,
  },
  insufficient_coins: { status: 409, text: 'You have not enough coins for that.' },
  wallet_frozen: {
    status: 409,
    text: 'Your coins are frozen. See in your payments whether some are owed, or write to us.',
  },
  request_reused: { status: 409, text: 'That request id was used for something else.' },
  ledger_busy: { status: 503, text: 'Many transfers are on their way. Try again in a moment.' },
}

export function tierEndpoints(desk: TierDesk): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/og',
        summary: 'Tiers of the house that can be bought, lowest first.',
        auth: 'none',
        reply: z.object({ tiers: z.array(kindView) }),
      },
      () => ({
        tiers: desk.kinds.map(({ exclusiveGifts, chatPrivileges: privileges, ...kind }) => {
          return { ...kind, exclusiveGifts: [...exclusiveGifts], chatPrivileges: [...privileges] }
        }),
      }),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/me/og',
        summary: 'The caller’s tier of the house, and until when.',
        auth: 'account',
        reply: ownTier,
      },
      ({ identity }) => desk.of(identity.userId),
    ),
    endpoint(
      {
        method: 'POST',
        path: '/v1/me/og',
        summary: 'Buys a tier with coins. The same requestId buys once.',
        auth: 'account',
        body: z.object({ level, requestId }),
        refusals,
        reply: z.object({ tier: ownTier, balanceCoins: z.number().int() }),
      },
      async ({ identity: { userId }, body, settle }) => settle(await desk.buy({ userId, ...body })),
    ),
  ]
}
