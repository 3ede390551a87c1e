/** Where jobs are kept, as a setting. */
import { z } from 'zod'

const expected = 'an address such as mongodb://user:password@host:27017/odeon'

/** For `config.ts`. */
export const jobSettings = {
  shape: {
    MONGODB_URL: z
      .string()
      // Several hosts may stand in it, so it is not always a URL.
      .regex(/^mongodb(\+srv)?:\/\/[^\s/?]+\/[^\s/?]+(\?\S*)?$/, expected)
      .optional(),
  },
  secrets: ['MONGODB_URL'],
  from: (given: { MONGODB_URL?: string | undefined }) => ({ mongoUrl: given.MONGODB_URL }),
} as const
