/** How a room of any kind is entered, and left when the person who entered it is signed out. */
import { Refusal } from '../refusal.ts'
import type { ClosedBecause } from './closing.ts'
import type { RoomOptions } from './room-connection.ts'
import type { ConnectionStatus } from './room-link.ts'
import { seatDoor, type SeatDoorOptions, WalkIns } from './seat-door.ts'
import { deviceWakeups as wakeups } from './wakeups.ts'

export interface RoomDeskOptions extends Omit<SeatDoorOptions, 'walks'> {
  /** Default deadline of commands in ms. */
  deadlineMs: number | undefined
}

/** What the desk asks of a room. */
interface Enterable {
  readonly closeReason: ClosedBecause | undefined
  open(backlog?: number): Promise<void>
  close(because: ClosedBecause): void
  onConnection(call: (connection: ConnectionStatus) => void): () => void
}

/** Reasons of a room that may be the account's. */
const perhapsSuspended: ReadonlySet<ClosedBecause> = new Set(['removed', 'banned'])

export class RoomDesk {
  readonly #options: RoomDeskOptions
  readonly #joined = new Set<Enterable>()
  readonly #walks: WalkIns

  constructor(options: RoomDeskOptions) {
    this.#options = options
    this.#walks = new WalkIns(() => options.world.now())
    options.session.onChange((user, before) => {
      if (user?.id === before?.id) return
      for (const room of this.#joined) room.close('signed_out')
    })
  }

  /** Enters the room at `path`; resolves when its state and history are here. One try. */
  async enter<Room extends Enterable>(
    path: string,
    make: (options: RoomOptions) => Room,
    backlog?: number,
  ): Promise<Room> {
    const { world, deadlineMs } = this.#options
    let isInside = false
    const door = seatDoor(path, { ...this.#options, walks: this.#walks }, () => isInside)
    const room = make({ world, wakeups, deadlineMs, door })
    this.#joined.add(room)
    room.onConnection((connection) => {
      if (connection !== 'closed') return
      this.#joined.delete(room)
      if (room.closeReason !== undefined && perhapsSuspended.has(room.closeReason))
        this.#lookAgain()
    })
    await room.open(backlog)
    isInside = true
    const { closeReason } = room
    if (closeReason === undefined) return room
    throw new Refusal({ code: closeReason, message: 'The room closed the door.' })
  }

  /** A suspension ends the sign-in, too; whoever shows the page learns why from the session. */
  #lookAgain(): void {
    // Nobody waits for it: while the server is away the next call finds out.
    void this.#options.session.renew().catch(() => undefined)
  }
}
