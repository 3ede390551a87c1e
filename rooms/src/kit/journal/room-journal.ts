/** The journal's side of one room: its pen, its frames, its memory, and what came before. */
import type { Logger, World } from '../../ports.ts'
import type { Memory } from '../memory.ts'
import type { Members } from '../member.ts'
import { kitLimits } from '../protocol.ts'
import type { RoomLog } from '../room-log.ts'
import type { Contact } from './contact.ts'
import type { Journal } from './journal.ts'
import { KeptFrames } from './kept-frames.ts'
import type { Past } from './past.ts'
import type { Done } from './record.ts'
import { RoomPen } from './room-pen.ts'

export interface RoomJournalOptions {
  journal: Journal
  roomId: string
  log: RoomLog
  past: Past | undefined
  members: Members
  memory: Memory
  world: World
  logger: Logger
  fullState: () => Buffer
  done: () => Done[]
  /** A later writer has the room. */
  fenced: () => void
}

export class RoomJournal {
  readonly frames: KeptFrames
  readonly #options: RoomJournalOptions
  readonly #pen: RoomPen
  /** Newest batch taken from each relay. */
  readonly taken: Map<string, number>
  #isTakenChanged = false

  constructor(options: RoomJournalOptions) {
    this.#options = options
    const { journal, roomId, log, past, memory, world, logger, fenced } = options
    this.taken = new Map(Object.entries(past?.taken ?? {}))
    this.#pen = new RoomPen({
      journal,
      roomId,
      epoch: log.epoch,
      kept: past?.kept ?? [],
      now: world.now,
      logger,
      fenced,
      snapshot: () => this.#snapshot(),
    })
    this.frames = new KeptFrames({
      pen: this.#pen,
      memory,
      hasRelays: () => this.taken.size > 0,
      isTakenChanged: () => this.#isTakenChanged,
      takeTaken: () => this.#takeTaken(),
    })
  }

  /** Whether the room can be another's by now. */
  get contact(): Contact {
    return this.#pen.contact
  }

  /** A relay's batch is done; forgotten relays are `undefined`. */
  took(relay: string, batch: number | undefined): void {
    if (batch === undefined) this.taken.delete(relay)
    else this.taken.set(relay, batch)
    this.#isTakenChanged = true
  }

  beat(): void {
    this.#pen.beat()
  }

  /** Lays the pen down: with a last snapshot when somebody shall go on, or for ever. */
  async close({ isOver }: { isOver: boolean }): Promise<void> {
    const { journal, roomId, log, logger } = this.#options
    try {
      if (!isOver) return await this.#pen.lay()
      this.#pen.stop()
      await journal.drop(roomId, log.epoch)
    } catch (err) {
      logger.warn({ err, room: roomId }, 'the journal of a room was not closed')
    }
  }

  #takeTaken(): Record<string, number> | undefined {
    if (!this.#isTakenChanged) return undefined
    this.#isTakenChanged = false
    return Object.fromEntries(this.taken)
  }

  #snapshot() {
    const { log, members, memory, fullState, done } = this.#options
    const { snapshotLogEntriesMax, snapshotLogBytesMax, snapshotMembersMax } = kitLimits
    const entries = log.backlog(snapshotLogEntriesMax, snapshotLogBytesMax)
    return {
      head: log.head,
      epochFrom: log.epochFrom,
      sameSince: log.sameSince,
      full: fullState(),
      log: Buffer.concat(entries.map(({ frame }) => frame)),
      entries: entries.length,
      memory: memory.all(),
      done: done(),
      members: members.known(snapshotMembersMax),
      taken: Object.fromEntries(this.taken),
    }
  }
}
