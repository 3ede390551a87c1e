/** Settings of what is there for the whole house: gifts and jobs, in one. */
import { giftSettings } from './gifts/settings.ts'
import { jobSettings } from './jobs/settings.ts'

type Given = Parameters<typeof giftSettings.from>[0] & Parameters<typeof jobSettings.from>[0]

/** For `config.ts`. */
export const houseSettings = {
  shape: { ...giftSettings.shape, ...jobSettings.shape },
  secrets: jobSettings.secrets,
  from: (given: Given) => ({ ...giftSettings.from(given), ...jobSettings.from(given) }),
} as const
