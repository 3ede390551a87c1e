/** Bounds of the way to the ledger. */
export const ledgerLimits = {
  /** Transfers that one transaction takes. */
  batchMax: 512,
  /** From the beginning of one transaction to the next, unless as many wait as one takes. */
  batchEveryMs: 3,
  /** Transfers that wait; more are refused as `ledger_busy`. */
  waitingMax: 10_000,
  /** A transaction whose outcome nobody knows, or that lost a race, is tried as often. */
  triesMax: 8,
  retryAfterMs: 20,
  retryAfterMsMax: 1_000,
  /** The house's accounts are there as often, so that processes do not wait for one row. */
  stripes: 16,
  /** Ids of accounts that are remembered. */
  accountIdsMax: 100_000,
  holdsExpiredAtOnceMax: 200,
  eventsDrainedAtOnceMax: 1_000,
  boardMax: 100,
} as const
