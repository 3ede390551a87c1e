/** Every bound of the archive. */
export const archiveLimits = {
  /** Records waiting to be stored; beyond it rooms are told to wait. */
  queueMax: 20_000,
  batchMax: 500,
  flushEveryMs: 250,
  retryAfterMs: 100,
  retryAfterMsMax: 5_000,
  /**
   * Numbers a room may give out before a flush has reserved more. More than the queue holds: a
   * room stops because the queue is full, never because its numbers have run out.
   */
  reservedAhead: 60_000,
  /** Left of a reservation when the next one is made: the queue, and as much again in the rooms. */
  reservedLow: 40_000,
  /** A spool file larger than this is followed by a new one, so that the old one can go. */
  spoolSegmentBytes: 4 * 1024 * 1024,
  /** How long opening a room waits for what was appended before. */
  openWaitMs: 10_000,
  /** How long a page waits for entries that are still queued. */
  pageWaitMs: 2_000,
  pageMax: 100,
  /** Storing that has failed for this long makes the process unready. */
  unhealthyAfterMs: 5_000,
} as const
