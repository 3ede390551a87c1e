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
 * Whether sockets may ask for seats themselves: not for a while where somebody in between lets none
 * through that does, though a seat over HTTP leads in.
 */
export class WalkIns {
  static readonly inVainMax = 2
  static readonly restMs = 5 * 60_000
  /** Of a way that nothing was heard on yet: somebody in between may swallow it. */
  static readonly untriedMs = 4_000
  readonly #now: () => number
  #inVain = 0
  #restsUntil = 0
  #isTried = false

  constructor(now: () => number) {
    this.#now = now
  }

  get isOpen(): boolean {
    return this.#now() >= this.#restsUntil
  }

  /** Undefined once it is known to lead in: then a server that is slow to answer is busy. */
  get withinMs(): number | undefined {
    return this.#isTried ? undefined : WalkIns.untriedMs
  }

  heard(): void {
    this.#inVain = 0
    this.#isTried = true
  }

  /** One came to nothing, and a seat over HTTP did not. */
  cameToNothing(): void {
    this.#inVain += 1
    if (this.#inVain < WalkIns.inVainMax) return
    this.#inVain = 0
    this.#restsUntil = this.#now() + WalkIns.restMs
  }
}

/** Of the room at `path`. `isInside` tells whether it was entered before. */
export function seatDoor(
  path: string,
  { session, world, address, Socket, walks }: SeatDoorOptions,
  isInside: () => boolean,
): Door {
  let isUnheard = false
  const ask = async (body: object) => {
    const seat = await session.send<Seat>({ method: 'POST', path: `${path}/seat`, body })
    if (isUnheard) walks.cameToNothing()
    isUnheard = false
    return seat
  }
  return {
    connect: (seat, token) => new Socket(seatUrl(address, seat, token)),
    takeSeat: (body) => (isInside() ? ask(body) : patiently(world, () => ask(body))),
    async walkIn({ backlog }) {
      if (!walks.isOpen) return undefined
      const token = await session.fresh()
      const proof = token === undefined ? [] : [`bearer.${token}`]
      const { withinMs } = walks
      const raw = new Socket(walkInUrl(address, path, backlog), ['odeon', ...proof])
      isUnheard = true
      // A server that does not know this way says something else.
      const hear = ({ data }: MessageEvent) => {
        if (typeof data !== 'string') return
        isUnheard = false
        walks.heard()
      }
      raw.addEventListener('message', hear, { once: true })
      return withinMs === undefined ? { raw } : { raw, withinMs }
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
