/** Bounds of a stream's numbers and pulse. */
export const metricsLimits = {
  /** Period of the pulse (LIVE-25). */
  everyMs: 5_000,
  /** Periods a pulse shows: two minutes. */
  pointsMax: 24,
  /** Period in which running numbers are saved against a crash. */
  checkpointEveryMs: 60_000,
  /** Minutes of the joins series. */
  joinMinutesMax: 24 * 60,
  /** People told apart when counting unique viewers and chatters. */
  peopleMax: 1_000_000,
} as const
