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
  /** Lines of one person that one purge takes out of the archive of a channel. */
  purgedMax: 20_000,
  /** How long removed lines can be brought back by who may; then they are forgotten. */
  removedKeptMs: dayMs,
  forgottenAtOnceMax: 5_000,
} as const
