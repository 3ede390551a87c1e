/** What a scenario is, and what it may do with the crowd while lines are said. */

/** Everything here is bounded by the plan: the crowd never grows beyond its viewers. */
export interface Play {
  readonly viewers: number
  readonly seconds: number
  /** Viewers who were asked to join until now. */
  readonly asked: number
  /** So many more; resolves when each is in or has failed. `perSecond` 0: as fast as it goes. */
  join(count: number, perSecond?: number): Promise<void>
  /** So many lose their socket without a word and come back. */
  cut(count: number): void
  /** So many leave in order and come back. */
  leave(count: number): void
  /** Waits until nobody is on the way; false when some are not back after `seconds`. */
  allBack(seconds: number): Promise<boolean>
  /** From now on members speak and react at the rates of the plan, for `seconds`. */
  speak(seconds: number): Promise<void>
  pause(seconds: number): Promise<void>
  /** 0 … 1, the same for the same seed. */
  random(): number
  say(line: string): void
}

export interface Scenario {
  /** One line for `--help` and the report. */
  title: string
  /** Kinds of rooms it suits. */
  rooms: readonly string[]
  run(play: Play): Promise<void>
}
