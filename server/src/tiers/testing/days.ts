/** Moments of tests of tiers. */
export const dayMs = 86_400_000
/** A midnight of UTC. */
export const someMidnight = Date.UTC(2026, 10, 29)
