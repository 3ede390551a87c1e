/** What a generator says of itself: one JSON object a line, the same from both kinds of it. */

export interface Latency {
  count: number
  meanNs: number
  minNs: number
  maxNs: number
  p50Ns: number
  p90Ns: number
  p99Ns: number
  p999Ns: number
  buckets?: [ns: number, count: number][]
}

/** Counters since the last `reset`; CPU times since the processes began. */
export interface Mark {
  event: string
  ns: number
  ownCpuUs: number
  /** Time in which nothing came, and time spent on what came. */
  idleUs: number
  busyUs: number
  /** Longest single turn of the loop since the last `tick`. */
  turnMaxUs: number
  /** Time in which it was ready to run and had no core; -1 where the kernel does not tell. */
  coreWaitUs: number
  watchedCpuUs: number
  open: number
  joining: number
  gone: number
  failed: number
  /** Lost the room and wait for their moment to come back. */
  away: number
  signed: number
  messages: number
  patches: number
  states: number
  /** Messages that came deflated and were counted as they were; of these nothing else is known. */
  deflated: number
  replies: number
  others: number
  bytes: number
  reads: number
  said: number
  /** Its connection had rested and was closed just then, so that it was asked on another one. */
  askedAgain: number
  order: { checked: number; broken: number }
  patch: { checked: number; wrong: number }
  log: LogFindings
  heads: { least: number; most: number; reading: number }
  perViewer: { least: number; most: number }
  /** How sockets and joins ended, by name, with their number. */
  ends: Record<string, number>
  /** With `tick`: digests of blocks of 64 entries and of the patches between them. */
  blocks: Block[]
  /** From when a join was due, or a socket was lost, to the whole state. */
  joins: Latency | null
  returns: Latency | null
  latency: Latency | null
}

export type Block = [number: number, entries: string, patches: string]

/** Of every viewer: entries in order, their bytes and the patches between them compared. */
export interface LogFindings {
  entries: number
  checked: number
  chains: number
  /** Sent a second time because a viewer asked for what it missed. */
  again: number
  /** The room said that these are gone. */
  missed: number
  resyncs: number
  /** Said by a room that ended before it could keep them, and anew by its successor. */
  rewritten: number
  /** A slow reader was told that these are left out. */
  spared: number
  violations: number
}

/** Told the moment it is seen. `had` is the last number the viewer had, `seq` the one that came. */
export interface Violation {
  what: 'gap' | 'twice' | 'other bytes' | 'other patches' | 'gap after reading'
  viewer: number
  epoch: number
  had: number
  seq: number
}
