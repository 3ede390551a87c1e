/** Who is live now: `odeon.lobby`. */
import type { StreamMedium } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'
import type { RoomDesk } from '../room/room-desk.ts'
import type { ListedStream, LobbyConnection } from './lobby-connection.ts'

export interface LiveQuery {
  category?: string
  /** BCP 47; `pt` finds `pt-BR` too. */
  language?: string
  /** ISO 3166, two letters. */
  country?: string
  medium?: StreamMedium
  /** 1–100. */
  limit?: number
  /** `next` of the page before. */
  after?: string
}

export interface LivePage {
  streams: ListedStream[]
  /** `after` of the next page; null at the end. */
  next: string | null
  /** All that match. */
  total: number
}

export class Lobby {
  readonly #session: Session
  readonly #desk: RoomDesk

  constructor(session: Session, desk: RoomDesk) {
    this.#session = session
    this.#desk = desk
  }

  /**
   * Enters the lobby: its state is who is live, ranked, and changes within a second. Nobody
   * needs to sign in for it.
   */
  async join(): Promise<LobbyConnection> {
    const { LobbyConnection } = await import('./lobby-connection.ts')
    return await this.#desk.enter('/v1/lobby', (options) => new LobbyConnection(options), 0)
  }

  /** A page of all that are live, in the order of the lobby; without signing in. */
  live(query: LiveQuery = {}): Promise<LivePage> {
    return this.#session.send({ method: 'GET', path: '/v1/live', query: { ...query } })
  }
}
