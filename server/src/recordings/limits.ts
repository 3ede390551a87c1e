/** Every bound of recordings beside those of the format, which the rooms keep. */
export const recorderLimits = {
  /** How often what waits is written into segments, and for how long at a time. */
  workEveryMs: 250,
  workMsMax: 5,
  workFrames: 50,
  /** An open segment is stored again when it has grown and that long has passed. */
  flushEveryMs: 10_000,
  /** How long an ended room may still bring the frame that was being kept. */
  lingerMs: 2_000,
  /** Text of segments that wait to be stored, of one room and of all; the oldest goes first. */
  unstoredBytesMax: 4 * 1024 * 1024,
  unstoredHouseBytesMax: 64 * 1024 * 1024,
  retryAfterMs: 1_000,
  retryAfterMsMax: 30_000,
  /** Stored bytes of one recording; nothing more is recorded then. */
  recordingBytesMax: 256 * 1024 * 1024,
  /** A store that could not be reached is looked at again so often. */
  probeEveryMs: 15_000,
  /** How long stopping waits for what is not stored. */
  closeMs: 3_000,
  /** After a stream's end its last segment is waited for that long. */
  settledAfterMs: 30_000,
  entriesPageMax: 1_000,
  /** Recordings removed in one round of upkeep. */
  removedAtOnceMax: 50,
  upkeepEveryMs: 10 * 60_000,
} as const
