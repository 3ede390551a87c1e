/**
 * A share of a relay's sockets. Lanes take turns, so that a large audience is written to all the
 * time instead of all at once: each lane gets in one write what came since its last turn.
 */
import type { Connection } from '../connection.ts'
import type { Frame } from '../frame.ts'
import { Outlet, type OutletOptions } from '../outlet.ts'
import type { LogEntry } from '../room-log.ts'
import { thinFrame } from '../thin-frame.ts'

/** What one record adds. */
export interface Part {
  /** State and entries as ready frames. */
  readonly out: Buffer
  /** The state alone. */
  readonly state: Buffer
  readonly entries: readonly LogEntry[]
  /** Those of the entries that slow readers may be spared. */
  readonly spare: readonly LogEntry[]
}

export class Lane {
  readonly outlet: Outlet
  readonly #sockets = new Set<Connection>()
  #parts: Part[] = []

  constructor(options: OutletOptions) {
    this.outlet = new Outlet(options)
  }

  /** Sockets that are here or wait for their greeting. */
  get size(): number {
    return this.#sockets.size
  }

  greet(connection: Connection): void {
    this.#sockets.add(connection)
    this.outlet.greet(connection)
  }

  forget(connection: Connection): void {
    this.#sockets.delete(connection)
    this.outlet.forget(connection)
  }

  add(part: Part): void {
    this.#parts.push(part)
    this.outlet.wake()
  }

  /** What was to be said is part of `resync`. */
  renew(resync: Buffer): void {
    this.#parts = []
    this.add({ out: resync, state: resync, entries: [], spare: [] })
  }

  /** Takes what came since the last turn. */
  take(epoch: number, head: number): Frame | undefined {
    const parts = this.#parts
    if (parts.length === 0) return undefined
    this.#parts = []
    const outs = parts.map(({ out }) => out)
    const chunk = outs.length === 1 ? (outs[0] as Buffer) : Buffer.concat(outs)
    const entries = parts.flatMap((part) => part.entries)
    const frame = { epoch, head, entries, patch: undefined, chunk }
    const spare = new Set(parts.flatMap((part) => part.spare))
    if (spare.size === 0) return frame
    const patches = parts.map(({ state }) => state)
    return { ...frame, thin: () => thinFrame({ epoch, patches, entries, spare }) }
  }
}
