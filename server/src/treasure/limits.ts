/** Bounds of how treasure boxes are kept. */
export const treasurePaces = {
  /** A box whose funding nobody finished is looked at so long after it began. */
  fundingMs: 60_000,
  /** A room has so long to have its box drawn before the upkeep does. */
  roomFirstMs: 3_000,
  /** How often the upkeep looks. */
  dueEveryMs: 5_000,
  dueAtOnceMax: 200,
  /** Coins that nobody drew in this time go back by themselves. */
  heldMs: 24 * 60 * 60_000,
  /** Claims that are written together; those that wait at all. */
  claimsAtOnceMax: 500,
  claimsWaitingMax: 10_000,
  busyForMs: 1_000,
} as const
