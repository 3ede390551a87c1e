/** Every bound of the moderation of the house; those of rooms stand in their own protocol. */
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

export const houseLimits = {
  moderatorsMax: 100,
  vipsMax: 500,
  /** Lengths of the mutes that follow from blocked lines, within `escalationMs`; then no end. */
  escalationMs: 30 * dayMs,
  muteMs: [10 * minuteMs, 60 * minuteMs, dayMs],
  /** Text of a line as it is kept beside an action or a flag. */
  lineCharsMax: 1_000,
  linesMax: 100,
  detailsCharsMax: 8_000,
  /** Entries that one step of a purge, a clear or their undo goes through in the kept log. */
  redactedAtOnceMax: 2_000,
  /** Decisions of a day that take lines out and that an undo in the same channel looks at. */
  standingRemovalsMax: 1_000,
  /** How long removed lines can be brought back by who may; then they are forgotten. */
  removedKeptMs: dayMs,
  forgottenAtOnceMax: 5_000,
  /** How long whoever decides waits for what follows; it goes on all the same. */
  effectWaitMs: 3_000,
  /** Left to whoever wrote it for so long; then anybody may carry it out. */
  effectOwnMs: 60_000,
  /** Doubled after each failure. */
  effectRetryMs: 15_000,
  effectRetryMsMax: 10 * minuteMs,
  effectsEveryMs: 15_000,
  /** Longer, and it counts as failed: nothing of it may keep the server from stopping. */
  effectMs: 10_000,
  effectsHaltMs: 3_000,
  effectsAtOnceMax: 100,
  /** A letter that nobody carried for so long is given up. */
  letterForMs: 3 * dayMs,
} as const
