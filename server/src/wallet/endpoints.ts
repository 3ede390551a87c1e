/** What a person has and how it came to that, for themself alone. */
import { currencies, walletLimits } from '@odeon/rooms'
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { uuid } from '../platform/http/ids.ts'
import type { WalletReads } from './wallet-reads.ts'

const amount = z.number().int().describe('whole minor units; hours have two decimals')

const walletView = z.object({
  coin: amount,
  bonus: amount,
  hours: amount,
  totalEarned: amount.describe('coins that came from others; what was bought is not earned'),
  totalSpent: amount.describe('coins; what came back of a hold was not spent'),
})

const line = z.object({
  n: z.number().int().positive().describe('number of the line, from 1; the newest has the highest'),
  id: uuid,
  at: z.number(),
  kind: z.string(),
  amount: amount.describe('below zero when it left'),
  balance: amount.describe('right behind it'),
  isReturned: z.boolean().describe('came back out of what was put aside'),
  with: z
    .object({ id: uuid, name: z.string() })
    .nullable()
    .describe('the other person, if there is one whom the caller may see'),
  gift: z
    .object({
      giftId: z.string(),
      quantity: z.number().int(),
      coins: z.number().int().describe('what it cost in all; whoever got it got a share'),
      stream: z.object({ id: uuid, title: z.string() }),
    })
    .nullable()
    .describe('what was given, and in which stream'),
})

export function walletEndpoints({ view, statement }: WalletReads): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/me/wallet',
        summary: 'What the caller has, in each currency.',
        auth: 'account',
        reply: walletView,
      },
      ({ identity }) => view(identity.userId),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/me/wallet/statement',
        summary: 'What moved the caller’s balance of one currency, newest first.',
        auth: 'account',
        query: z.object({
          currency: z.enum(currencies).default('coin'),
          kind: z
            .string()
            .regex(/^[a-z_]{1,32}$/)
            .optional()
            .describe('only what was for this, such as gift'),
          before: z.coerce
            .number()
            .int()
            .positive()
            .max(Number.MAX_SAFE_INTEGER)
            .optional()
            .describe('n of the last line of the page before'),
          limit: z.coerce.number().int().min(1).max(walletLimits.statementPageMax).default(30),
        }),
        reply: z.object({
          lines: z.array(line),
          more: z.boolean(),
          kinds: z.array(z.string()).describe('that occur in the newest thousand lines'),
        }),
      },
      ({ identity, query }) => statement(identity.userId, query),
    ),
  ]
}
