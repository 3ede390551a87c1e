/**
 * What listeners see of a room's log: events as they come, in order, and the newest entries as a
 * list to draw from. What arrives with the join waits until the joiner could attach listeners.
 */
import type { Entry } from '@odeon/rooms/protocol'
import { Listeners } from '../listeners.ts'
import type { Discontinuity, Skipped } from './log-merger.ts'

/** Entries kept for drawing; older ones come from `history`. */
export const entriesKeptMax = 500

/** One entry with its name, which tells its shape. */
export type LogItem<Events> = {
  [Type in keyof Events & string]: Events[Type] & { readonly type: Type }
}[keyof Events & string]

export interface About {
  /** In the log before this connection stood: history at the join, or missed while away. */
  replayed: boolean
}

type Listener = (entry: never, about: About) => void
type Told =
  | { type: string; entry: Entry; replayed: boolean }
  | { type: 'discontinuity'; gap: Discontinuity }
  | { type: 'skipped'; gap: Skipped }
  | { type: string; word: unknown }

export class LogView<Events> {
  readonly #listeners = new Map<string, Listeners<[unknown, About]>>()
  readonly #changed = new Listeners()
  readonly #kept: LogItem<Events>[] = []
  #entries: readonly LogItem<Events>[] | undefined = []
  /** What waits for listeners to be attached; undefined once they had their chance. */
  #waiting: Told[] | undefined = []

  /** The newest entries in order, at most 500; the same array until one comes. */
  get entries(): readonly LogItem<Events>[] {
    this.#entries ??= [...this.#kept]
    return this.#entries
  }

  onEntries(call: () => void): () => void {
    return this.#changed.add(call)
  }

  on(type: string, listener: Listener): () => void {
    let listeners = this.#listeners.get(type)
    if (listeners === undefined) {
      listeners = new Listeners()
      this.#listeners.set(type, listeners)
    }
    return listeners.add(listener as (entry: unknown, about: About) => void)
  }

  deliver(type: string, entry: Entry, replayed: boolean): void {
    this.#keep({ ...entry, type } as unknown as LogItem<Events>)
    this.#tell({ type, entry, replayed })
  }

  announce(gap: Discontinuity): void {
    this.#tell({ type: 'discontinuity', gap })
  }

  skip(gap: Skipped): void {
    this.#tell({ type: 'skipped', gap })
  }

  /** A word without a number: heard now or never, kept nowhere. */
  hear(type: string, word: unknown): void {
    this.#tell({ type, word })
  }

  /** Listeners had their chance: what waited goes out now, the rest as it comes. */
  release(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const told of waiting) this.#tell(told)
  }

  /** The list begins anew; who listens goes on listening. */
  restart(): void {
    this.#kept.length = 0
    this.#entries = undefined
    this.#changed.tell()
  }

  clear(): void {
    this.#listeners.clear()
    this.#changed.clear()
  }

  #keep(item: LogItem<Events>): void {
    const seq = seqOf(item)
    // A restarted room may go on before the end of what was seen: its record counts.
    while (this.#kept.length > 0 && seqOf(this.#kept.at(-1)) >= seq) this.#kept.pop()
    this.#kept.push(item)
    if (this.#kept.length > entriesKeptMax) this.#kept.shift()
    this.#entries = undefined
    this.#changed.tell()
  }

  #tell(told: Told): void {
    if (this.#waiting !== undefined) {
      this.#waiting.push(told)
      return
    }
    const listeners = this.#listeners.get(told.type)
    if ('gap' in told) listeners?.tell(told.gap, { replayed: false })
    else if ('word' in told) listeners?.tell(told.word, { replayed: false })
    else listeners?.tell(told.entry, { replayed: told.replayed })
  }
}

function seqOf(item: unknown): number {
  return (item as Entry | undefined)?.seq ?? 0
}
