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
  /** What a day of a funder is. */
  dayMs: 24 * 60 * 60_000,
  /** Boxes that are over are kept so long with their claims, and so many go at once. */
  keptMs: 90 * 24 * 60 * 60_000,
  forgottenAtOnceMax: 20,
  /** Proofs that are kept at hand: so many, so long; by whoever asked for one, so long. */
  proofsMax: 16,
  proofsMs: 600_000,
  proofMaxAgeSeconds: 86_400,
} as const
