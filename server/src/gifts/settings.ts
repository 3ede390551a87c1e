/** The house's share of gifts as a setting. */
import { z } from 'zod'

const expected = 'a whole number from 0 to 10000'

/** Of 10,000: what of a gift is the creator's when nothing is set. */
export const usualCreatorShareBps = 7_000

/** For `config.ts`. */
export const giftSettings = {
  shape: {
    CREATOR_SHARE_BPS: z
      .string()
      .regex(/^\d{1,5}$/, expected)
      .transform(Number)
      .refine((bps) => bps <= 10_000, expected)
      .default(usualCreatorShareBps),
  },
  from: (given: { CREATOR_SHARE_BPS: number }) => ({ creatorShareBps: given.CREATOR_SHARE_BPS }),
} as const
