/**
 * The sink for sockets of this process: one write per viewer and frame, in slices so that other
 * rooms get their turn. A socket whose queue is full is skipped, and told so once it has drained.
 */
import type { Connection } from './connection.ts'
import { FrameBytes } from './deflate/frame-bytes.ts'
import type { Frame, FrameSink } from './frame.ts'
import { inSlices, type SlicedWork } from './in-slices.ts'
import type { Member } from './member.ts'
import { kitLimits } from './protocol.ts'

/** What a new or a resynced socket is sent before it gets frames again; one write. */
export type Greeting = (connection: Connection) => Buffer

export interface Pass {
  sockets: number
  /** Of these, got nothing of it. */
  skipped: number
  /** Of these, got it without what may be spared. */
  thinned: number
  /** Of all sockets together. */
  bytes: number
}

export interface FanoutEvents {
  /** All sockets of a frame are written. */
  done(frame: Frame, of: Pass): void
  /** Everybody who came is greeted. */
  greeted(): void
  /** Nobody could say what there is to greet this one with. */
  ungreeted(connection: Connection): void
  resynced(connection: Connection): void
  /** Keeps what throws for one socket from the others. */
  attempt<Made>(work: () => Made): Made | undefined
  /** Where some see more of the state than others: the class a member belongs to, if any. */
  classOf?: ((member: Member) => string | undefined) | undefined
}

const resumeBelowBytes = kitLimits.queuedBytesMax / 4

export class Fanout implements FrameSink {
  #audience: Connection[] = []
  #lagging = new Set<Connection>()
  #gone = 0
  #writing = false
  #greeting = false
  #number = 0
  /** Sockets that read deflated frames. */
  #inflating = 0
  readonly #events: FanoutEvents

  constructor(events: FanoutEvents) {
    this.#events = events
  }

  /** True while a frame or greetings are being written; the next frame must wait. */
  get isBusy(): boolean {
    return this.#writing || this.#greeting
  }

  /** True while some have their part of a frame and others wait for it. */
  get isWriting(): boolean {
    return this.#writing
  }

  get size(): number {
    return this.#audience.length - this.#gone
  }

  get laggards(): number {
    return this.#lagging.size
  }

  /**
   * Starts sending frames to those who came, their greeting first. Until the last is greeted no
   * other frame is written: the greetings hold what is true now.
   */
  greet(joiners: readonly Connection[], greeting: Greeting): void {
    this.#greeting = true
    const work: SlicedWork = {
      count: joiners.length,
      each: (at) => this.#admit(joiners[at] as Connection, greeting),
      done: () => {
        this.#greeting = false
        this.#events.greeted()
      },
    }
    // A turn has one slice.
    if (this.#writing) setImmediate(() => inSlices(work))
    else inSlices(work)
  }

  remove(connection: Connection): void {
    if (!connection.listed) return
    connection.listed = false
    connection.live = false
    this.#lagging.delete(connection)
    if (connection.takesDeflated) this.#inflating -= 1
    this.#gone += 1
    if (!this.#writing) this.#compact()
  }

  frame(frame: Frame): void {
    this.#writing = true
    this.#number += 1
    const isShared = this.#inflating >= kitLimits.deflateForSocketsMin
    const bytes = new FrameBytes(frame, isShared)
    const pass: Pass = { sockets: this.#audience.length, skipped: 0, thinned: 0, bytes: 0 }
    inSlices({
      count: pass.sockets,
      each: (at) => this.#write(this.#audience[at] as Connection, bytes, pass),
      done: () => {
        this.#writing = false
        if (this.#gone > 0) this.#compact()
        this.#events.done(frame, pass)
      },
    })
  }

  /** Brings back those whose queue has drained. Call between frames. */
  resync(greeting: Greeting): void {
    for (const connection of this.#lagging) {
      if (connection.queuedBytes > resumeBelowBytes) continue
      connection.audience = this.#events.classOf?.(connection.member)
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

  #admit(connection: Connection, greeting: Greeting): void {
    if (connection.live || !connection.isOpen) return
    connection.audience = this.#events.classOf?.(connection.member)
    const first = this.#events.attempt(() => greeting(connection))
    if (first === undefined) return this.#events.ungreeted(connection)
    connection.live = true
    connection.listed = true
    connection.greetedAt = this.#number
    if (connection.takesDeflated) this.#inflating += 1
    this.#audience.push(connection)
    if (!connection.write(first)) this.#skip(connection)
  }

  /** Who was greeted while this frame is being written has it in the greeting already. */
  #write(connection: Connection, frame: FrameBytes, pass: Pass): void {
    if (!connection.live || connection.greetedAt === this.#number) return
    if (!connection.lagging) {
      const bytes = frame.for(connection, pass)
      // Nothing of it is for this one.
      if (bytes.byteLength === 0) return
      if (this.#isOfItsClass(connection) && connection.write(bytes)) {
        pass.bytes += bytes.byteLength
        return
      }
      this.#skip(connection)
    }
    pass.skipped += 1
  }

  /** Who belongs to another class now is sent the whole state as that class sees it. */
  #isOfItsClass({ member, audience }: Connection): boolean {
    const { classOf } = this.#events
    return classOf === undefined || classOf(member) === audience
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
