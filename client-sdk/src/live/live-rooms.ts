/** The way into live rooms: `odeon.live`. */
import type { Session } from '../auth/session.ts'
import { Refusal } from '../refusal.ts'
import type { Door, Seat } from '../room/room-link.ts'
import type { Wakeups } from '../room/wakeups.ts'
import { type Streams, streamPath } from '../streams/streams.ts'
import type { World } from '../world.ts'
import type { LiveConnection } from './live-connection.ts'

export interface LiveRoomsOptions {
  session: Session
  streams: Streams
  world: World
  wakeups: Wakeups
  connect: Door['connect']
  /** Default deadline of commands in ms. */
  deadlineMs: number | undefined
}

export interface JoinOptions {
  /** Entries of history wanted with the join, 0–100. */
  backlog?: number
}

export class LiveRooms {
  readonly #options: LiveRoomsOptions
  readonly #joined = new Set<LiveConnection>()

  constructor(options: LiveRoomsOptions) {
    this.#options = options
    options.session.onChange((user, before) => {
      if (user?.id === before?.id) return
      for (const room of this.#joined) room.close('signed_out')
    })
  }

  /**
   * Enters the room of a stream; its owner enters as host. Resolves when state and history are
   * here. One try: refused with `unauthenticated`, `not_found`, `banned`, `blocked`, or failing
   * with `Unavailable`. Once joined, the room keeps itself connected.
   */
  async join(streamId: string, { backlog }: JoinOptions = {}): Promise<LiveConnection> {
    const { session, streams, world, wakeups, connect, deadlineMs } = this.#options
    const path = `${streamPath(streamId)}/seat`
    // Fetched when a room is first entered: a page that only lists rooms does without it.
    const { LiveConnection } = await import('./live-connection.ts')
    const room = new LiveConnection({
      streamId,
      world,
      wakeups,
      deadlineMs,
      history: (query) => streams.log(streamId, query),
      door: {
        connect,
        takeSeat: (body) => session.send<Seat>({ method: 'POST', path, body }),
      },
    })
    this.#joined.add(room)
    room.onConnection((connection) => {
      if (connection === 'closed') this.#joined.delete(room)
    })
    await room.open(backlog)
    const { closeReason } = room
    if (closeReason === undefined) return room
    throw new Refusal({ code: closeReason, message: 'The room closed the door.' })
  }
}
