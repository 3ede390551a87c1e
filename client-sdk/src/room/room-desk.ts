/** How a room of any kind is entered, and left when the person who entered it is signed out. */
import type { Session } from '../auth/session.ts'
import { Refusal } from '../refusal.ts'
import type { World } from '../world.ts'
import type { ClosedBecause } from './closing.ts'
import type { RoomOptions } from './room-connection.ts'
import type { ConnectionStatus, Door, Seat } from './room-link.ts'
import { seatUrl } from './seat-url.ts'
import { deviceWakeups as wakeups } from './wakeups.ts'

export interface RoomDeskOptions {
  session: Session
  world: World
  /** The server's, without a slash at the end. */
  address: string
  Socket: new (url: string) => WebSocket
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

/** Several tabs that open at once are in each other's way for a moment. */
const crowded = { triesMax: 5, pauseMs: 1_000 } as const

export class RoomDesk {
  readonly #options: RoomDeskOptions
  readonly #joined = new Set<Enterable>()

  constructor(options: RoomDeskOptions) {
    this.#options = options
    options.session.onChange((user, before) => {
      if (user?.id === before?.id) return
      for (const room of this.#joined) room.close('signed_out')
    })
  }

  /** Takes seats at `path`; resolves when the room's state and history are here. One try. */
  async enter<Room extends Enterable>(
    path: string,
    make: (options: RoomOptions) => Room,
    backlog?: number,
  ): Promise<Room> {
    const { session, world, address, Socket, deadlineMs } = this.#options
    const connect: Door['connect'] = (seat, token) => new Socket(seatUrl(address, seat, token))
    const ask = (body: object) => session.send<Seat>({ method: 'POST', path, body })
    let isInside = false
    const takeSeat: Door['takeSeat'] = (body) => (isInside ? ask(body) : this.#patiently(ask, body))
    const room = make({ world, wakeups, deadlineMs, door: { connect, takeSeat } })
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

  /** The first seat; later ones are asked for again by the room itself. */
  async #patiently(ask: (body: object) => Promise<Seat>, body: object): Promise<Seat> {
    const { world } = this.#options
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask(body)
      } catch (error) {
        const isCrowded = error instanceof Refusal && error.code === 'too_many_seats'
        if (!isCrowded || tries === crowded.triesMax) throw error
        const pauseMs = (error.retryAfterMs ?? crowded.pauseMs) * (0.5 + world.random())
        await new Promise<void>((resolve) => void world.after(pauseMs, resolve))
      }
    }
  }
}
