/** What the benchmark and a server under load say to each other, one JSON object a line. */
export interface Ready {
  port: number
  /** Path of the seat request; absent where a socket opens without one. */
  seat?: string
  roomId?: string
  /** The same for a second room in the same process. */
  smallSeat?: string
}

export type Order =
  /** `stateEvery` as with `pace`; without it the state changes twice a second. */
  | { do: 'saturate'; perTick: number; stateEvery?: number }
  | { do: 'pace'; perTick: number; everyMs: number; stateEvery: number }
  | { do: 'rest' }
  /** Forgets what is not needed any more, and watches itself no longer. */
  | { do: 'collect' }
  | { do: 'facts' }
  /** The room becomes so old: people came, spoke and left all the time. */
  | { do: 'age'; hours: number; visitsPerHour: number }

export type Command = Order & { id: number }

export interface Facts {
  said: number
  ticks: number
  stateTick: number
  held: number
  members: number
  /** Of all kinds, as the state has them. */
  reactions: number
  stateHash: string
  /** Peak since the last answer. */
  queuedPeakBytes: number
  /** Longest time since the last answer in which the event loop did nothing else. */
  longestTurnMs: number
  /** CPU time of the process since it began, in µs. */
  cpuUs: number
  rssBytes: number
  arrayBuffersBytes: number
}
