/** What a benchmark is: it measures beside peers, makes a table, and says which bars it missed. */

export interface Settings {
  isQuick: boolean
  repetitions: number
  /** Empty when not said. */
  viewers: number[]
  /** How long a soak lasts, when it is said. */
  minutes: number | undefined
  /** Relays of a house, when it is said. */
  processes: number | undefined
  /** Pages and pictures are renewed. */
  isWritten: boolean
  perTick: number[]
  /** Names of servers, where there is a choice. */
  hosts: string[]
  /** Of faults: which, all when empty, and how often each. */
  cells: string[]
  trials: number
  say(line: string): void
}

export interface Measured {
  /** What the table shows, in one line. */
  heading: string
  table: string
  /** Below the table on the page, if anything. */
  note?: string
  versions: string
  /** Bars that were missed, by name. */
  misses: string[]
}

export interface Bench {
  /** One line for `--help`. */
  title: string
  /** It starts a whole house that shares all cores; otherwise its own process keeps to one. */
  usesAllCores?: boolean
  run(settings: Settings): Promise<Measured>
}
