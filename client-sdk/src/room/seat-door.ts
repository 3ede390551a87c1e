/** The way into a room of a server: its sockets, and its seats over HTTP. */
import type { Session } from '../auth/session.ts'
import { Refusal } from '../refusal.ts'
import type { World } from '../world.ts'
import { type Seat, seatUrl, walkInUrl } from './seat-url.ts'
import type { Door } from './way-in.ts'

export interface SeatDoorOptions {
  session: Session
  world: World
  /** The server's, without a slash at the end. */
  address: string
  Socket: new (url: string, protocols?: string[]) => WebSocket
  /** What all doors of this server have learnt of it. */
  walks: WalkIns
}

/** Several tabs that open at once are in each other's way for a moment. */
const crowded = { triesMax: 5, pauseMs: 1_000 } as const

/**
 * Whether sockets may ask for seats themselves: not where somebody in between lets none through
 * that does, while a seat over HTTP leads in.
 */
export class WalkIns {
  static readonly inVainMax = 2
  #inVain = 0
  #isHeard = true

  get isOpen(): boolean {
    return this.#inVain < WalkIns.inVainMax
  }

  asking(): void {
    this.#isHeard = false
  }

  heard(): void {
    this.#isHeard = true
    this.#inVain = 0
  }

  seatedOtherwise(): void {
    if (!this.#isHeard) this.#inVain += 1
    this.#isHeard = true
  }
}

/** Of the room at `path`. `isInside` tells whether it was entered before. */
export function seatDoor(
  path: string,
  { session, world, address, Socket, walks }: SeatDoorOptions,
  isInside: () => boolean,
): Door {
  const ask = async (body: object) => {
    const seat = await session.send<Seat>({ method: 'POST', path: `${path}/seat`, body })
    walks.seatedOtherwise()
    return seat
  }
  return {
    connect: (seat, token) => new Socket(seatUrl(address, seat, token)),
    takeSeat: (body) => (isInside() ? ask(body) : patiently(world, () => ask(body))),
    async walkIn({ backlog }) {
      if (!walks.isOpen) return undefined
      const token = await session.fresh()
      const proof = token === undefined ? [] : [`bearer.${token}`]
      const socket = new Socket(walkInUrl(address, path, backlog), ['odeon', ...proof])
      walks.asking()
      socket.addEventListener('message', () => walks.heard(), { once: true })
      return socket
    },
  }
}

/** The first seat; later ones are asked for again by the room itself. */
async function patiently(world: World, ask: () => Promise<Seat>): Promise<Seat> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      const isCrowded = error instanceof Refusal && error.code === 'too_many_seats'
      if (!isCrowded || tries === crowded.triesMax) throw error
      const pauseMs = (error.retryAfterMs ?? crowded.pauseMs) * (0.5 + world.random())
      await new Promise<void>((resolve) => void world.after(pauseMs, resolve))
    }
  }
}
