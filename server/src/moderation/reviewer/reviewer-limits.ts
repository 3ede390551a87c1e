/** Bounds of what is asked outside. */
export const reviewerLimits = {
  urlCharsMax: 500,
  secretCharsMin: 16,
  secretCharsMax: 200,
  timeoutMsMin: 100,
  timeoutMsMax: 3_000,
  timeoutMsUsual: 800,
  replyBytesMax: 16 * 1024,
  /** Questions under way in this process, and those of one channel; beyond it nobody is asked. */
  inFlightMax: 64,
  inFlightPerChannelMax: 16,
  /** How long settings are kept before they are read again. */
  keptMs: 5_000,
  keptMax: 10_000,
} as const
