/** The lobby: who is live now, ranked (LIVE-27), for everybody who looks for something to watch. */
export const lobbyLimits = {
  /** Streams in the state; more are found by page over HTTP. */
  listedMax: 100,
  viewersMax: 19_000,
  /** A room says that it lives this often … */
  heartbeatMs: 2_000,
  /** … and is unlisted when nothing was heard for so long; one heartbeat lists it again. */
  unlistedAfterMs: 6_000,
  /** Rank and viewers in the state are renewed this often; starts and ends at once. */
  refreshMs: 1_000,
  /** Points of a pulse, one for each five seconds. */
  pulsePoints: 24,
  rankHalfLifeMs: 10 * 60_000,
} as const

/** What a live room says of itself to the lobby. */
export interface StreamCardFacts {
  streamId: string
  channelId: string
  handle: string
  /** Name of the channel. */
  name: string
  avatarUrl: string | null
  title: string
  category: string | null
  language: string | null
  country: string | null
  startedAt: number
  viewers: number
  chattersInFiveMinutes: number
  coinsInFiveMinutes: number
  /** Chat lines and reactions of each of the last periods of five seconds, oldest first. */
  pulse: number[]
}

/** `viewers + 4·chatters in 5 min + coins in 5 min / 10`, before the decay. */
export function momentaryRank(facts: StreamCardFacts): number {
  return facts.viewers + 4 * facts.chattersInFiveMinutes + facts.coinsInFiveMinutes / 10
}
