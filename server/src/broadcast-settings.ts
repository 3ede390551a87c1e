/** Settings of what goes into a stream and out of it by way of other programs, in one. */
import { encoderSettings } from './encoders/settings.ts'
import { outputSettings } from './outputs/settings.ts'

type Given = Parameters<typeof encoderSettings.from>[0] & Parameters<typeof outputSettings.from>[0]

/** For `config.ts`: what may be set, what is secret, what is wrong together, what it comes to. */
export const broadcastSettings = {
  shape: { ...encoderSettings.shape, ...outputSettings.shape },
  secrets: outputSettings.secrets,
  missing: (given: Given) => [...encoderSettings.missing(given), ...outputSettings.missing(given)],
  from: (given: Given) => ({
    encoders: encoderSettings.from(given),
    ...outputSettings.from(given),
  }),
} as const
