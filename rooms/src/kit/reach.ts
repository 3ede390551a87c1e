/** How far a room reaches beyond its process: its journal, and the relays that carry it. */
import { RelayDesk, type RelayDeskOptions } from './relay/relay-desk.ts'
import type { Journal, Unfollow } from './journal/journal.ts'
import type { KeptFrames } from './journal/kept-frames.ts'
import { RoomJournal, type RoomJournalOptions } from './journal/room-journal.ts'
import type { Done } from './journal/record.ts'
import { kitLimits, type Role } from './protocol.ts'

export interface ReachOptions extends RoomJournalOptions {
  journal: Journal
}

type Desk = Pick<RelayDeskOptions, 'run' | 'sureOf' | 'entered' | 'exited' | 'touched'>

export class Reach {
  readonly #options: ReachOptions
  readonly #kept: RoomJournal
  #relays: RelayDesk | undefined
  #unlisten: Unfollow = () => {}
  #pulse: NodeJS.Timeout | undefined

  constructor(options: ReachOptions) {
    this.#options = options
    this.#kept = new RoomJournal(options)
  }

  get frames(): KeptFrames {
    return this.#kept.frames
  }

  /** Begins to hear relays. `guard` keeps what throws there from ending the process. */
  async listen(desk: Desk, guard: (hook: string, work: () => void) => void): Promise<void> {
    const { journal, roomId, log, members, world, logger } = this.#options
    const relays = new RelayDesk({
      ...desk,
      members,
      epoch: log.epoch,
      world,
      logger,
      taken: this.#kept.taken,
      took: (relay, batch) => this.#kept.took(relay, batch),
      reply: (reply) => this.frames.hidden.reply(reply),
      putOut: (memberId) => this.frames.hidden.dismiss(memberId),
      stranger: (relay) => this.frames.hidden.stranger(relay),
    })
    this.#relays = relays
    this.#unlisten = await journal.listen(roomId, (bytes) =>
      guard('relay', () => relays.hear(bytes)),
    )
    this.#pulse = setInterval(() => guard('pulse', () => this.#kept.beat()), kitLimits.relayBeatMs)
  }

  /** People are here by other processes. */
  get isCarried(): boolean {
    return (this.#relays?.relays ?? 0) > 0
  }

  /** Another may write the room by now, and nobody can know. */
  get isCutOff(): boolean {
    return this.#kept.contact.isCutOff
  }

  /** Says what was done, or, while we are cut off, when it is known that the room is ours. */
  whenOurs(say: () => void): void {
    this.#kept.contact.whenOurs(say)
  }

  done(done: Done): void {
    this.frames.hidden.done(done)
  }

  role(memberId: string, role: Role): void {
    if (this.isCarried) this.frames.hidden.role(memberId, role)
  }

  dismiss(memberId: string): void {
    if (this.isCarried) this.frames.hidden.dismiss(memberId)
  }

  /** Came by a relay, wherever else they are. */
  isAtRelay(memberId: string): boolean {
    return this.#relays?.hasBrought(memberId) ?? false
  }

  /** Says something to members who may have a socket at a relay. */
  tell(to: string[], frame: Buffer): void {
    if (this.isCarried && to.length > 0) this.frames.hidden.tell({ to, frame })
  }

  /** The next frame is the last one. */
  end(): void {
    this.frames.hidden.end()
  }

  beat(now: number): void {
    this.#relays?.beat(now)
  }

  /** Somebody goes on with the room, or, when it is over, nobody does. */
  async close({ isOver }: { isOver: boolean }): Promise<void> {
    clearInterval(this.#pulse)
    this.#unlisten()
    await this.#kept.close({ isOver })
  }
}
