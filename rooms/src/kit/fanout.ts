/**
 * The sink for sockets of this process: one write per viewer and frame, in slices so that other
 * rooms get their turn. A socket whose queue is full is skipped, and told so once it has drained.
 */
import type { Connection } from './connection.ts'
import type { Frame, FrameSink } from './frame.ts'
import { kitLimits } from './protocol.ts'

/** What a new or a resynced socket is sent before it gets frames again; one write. */
export type Greeting = (connection: Connection) => Buffer

export interface Pass {
  sockets: number
  /** Of these, got nothing of it. */
  skipped: number
  /** Of these, got it without what may be spared. */
  thinned: number
}

export interface FanoutEvents {
  /** All sockets of a frame are written. */
  done(frame: Frame, of: Pass): void
  resynced(connection: Connection): void
}

const resumeBelowBytes = kitLimits.queuedBytesMax / 4

export class Fanout implements FrameSink {
  #audience: Connection[] = []
  #lagging = new Set<Connection>()
  #gone = 0
  #writing = false
  #number = 0
  #thin: Buffer | undefined
  #thinned = 0
  readonly #events: FanoutEvents

  constructor(events: FanoutEvents) {
    this.#events = events
  }

  /** True while a frame is being written; the next one must wait. */
  get isBusy(): boolean {
    return this.#writing
  }

  get size(): number {
    return this.#audience.length - this.#gone
  }

  get laggards(): number {
    return this.#lagging.size
  }

  /** Starts sending frames to a socket, the greeting first. */
  admit(connection: Connection, greeting: Buffer): void {
    if (connection.live || !connection.isOpen) return
    connection.live = true
    connection.listed = true
    connection.greetedAt = this.#number
    this.#audience.push(connection)
    if (!connection.write(greeting)) this.#skip(connection)
  }

  remove(connection: Connection): void {
    if (!connection.listed) return
    connection.listed = false
    connection.live = false
    this.#lagging.delete(connection)
    this.#gone += 1
    if (!this.#writing) this.#compact()
  }

  frame(frame: Frame): void {
    this.#writing = true
    this.#number += 1
    this.#thin = undefined
    this.#writeFrom(0, 0, frame)
  }

  /** Brings back those whose queue has drained. Call between frames. */
  resync(greeting: Greeting): void {
    for (const connection of this.#lagging) {
      if (connection.queuedBytes > resumeBelowBytes) continue
      if (!connection.write(greeting(connection))) continue
      connection.lagging = false
      connection.greetedAt = this.#number
      this.#lagging.delete(connection)
      this.#events.resynced(connection)
    }
  }

  *connections(): Iterable<Connection> {
    for (const connection of this.#audience) if (connection.listed) yield connection
  }

  /** Who was greeted while this frame is being written has it in the greeting already. */
  #writeFrom(start: number, skippedBefore: number, frame: Frame): void {
    const end = this.#audience.length
    const stop = Math.min(end, start + kitLimits.fanoutSlice)
    const number = this.#number
    let skipped = skippedBefore
    for (let at = start; at < stop; at += 1) {
      const connection = this.#audience[at] as Connection
      if (!connection.live || connection.greetedAt === number) continue
      if (connection.lagging) skipped += 1
      else if (!connection.write(this.#chunkFor(connection, frame))) {
        skipped += 1
        this.#skip(connection)
      }
    }
    if (stop < end) {
      setImmediate(() => this.#writeFrom(stop, skipped, frame))
      return
    }
    this.#writing = false
    if (this.#gone > 0) this.#compact()
    const thinned = this.#thinned
    this.#thinned = 0
    this.#events.done(frame, { sockets: end, skipped, thinned })
  }

  /** The thin frame is made once, for the first who needs it. */
  #chunkFor(connection: Connection, frame: Frame): Buffer {
    if (frame.thin === undefined || !connection.isThin) return frame.chunk
    this.#thin ??= frame.thin()
    this.#thinned += 1
    return this.#thin
  }

  #skip(connection: Connection): void {
    connection.lagging = true
    this.#lagging.add(connection)
  }

  #compact(): void {
    const isWorthIt = this.#audience.length <= 64 || this.#gone * 4 >= this.#audience.length
    if (!isWorthIt) return
    this.#audience = this.#audience.filter((connection) => connection.listed)
    this.#gone = 0
  }
}
