/** The client: one per person and server. */
import { Admin } from './admin/admin.ts'
import { Auth } from './auth/auth.ts'
import { openSession } from './auth/open-session.ts'
import type { SessionStore } from './auth/session-store.ts'
import { Channels } from './channels/channels.ts'
import { AudioRooms, GiftShop, LiveRooms, Replays } from './live/live-rooms.ts'
import { Lobby } from './lobby/lobby.ts'
import { ModerationDesk, Reports } from './moderation/desk.ts'
import { RoomDesk } from './room/room-desk.ts'
import { type Search, searchOver } from './search/search.ts'
import { Streams } from './streams/streams.ts'
import { OwnAccount, OwnWallet, Payments, Tiers, Users } from './users/people.ts'
import { realWorld, type World } from './world.ts'

export interface OdeonOptions {
  /**
   * `browser` leaves the refresh token in a cookie that no script can read; `program` keeps it
   * itself, in `sessionStore`. Found out by itself.
   */
  client?: 'browser' | 'program'
  /** Where a program keeps its refresh token. In memory when absent. */
  sessionStore?: SessionStore
  /** Time for an HTTP answer, ms. */
  httpDeadlineMs?: number
  /** Time for the answer to a command, waiting for the connection included, ms. */
  commandDeadlineMs?: number
  /** Time, randomness and ids; for tests. */
  world?: World
  fetch?: typeof fetch
  WebSocket?: new (url: string, protocols?: string[]) => WebSocket
}

export class Odeon {
  /** Signing in and out, and who is. */
  readonly auth: Auth
  /** The signed-in person's own account, blocks, notices and room. */
  readonly me: OwnAccount
  /** What one has, and what moved it. */
  readonly wallet: OwnWallet
  /** Buying coins. */
  readonly payments: Payments
  /** Tiers of the house: what they give, which one has, buying one. */
  readonly tiers: Tiers
  readonly users: Users
  readonly admin: Admin
  /** Flags and appeals, for those who decide. */
  readonly moderation: ModerationDesk
  /** Saying that something is wrong. */
  readonly reports: Reports
  readonly channels: Channels
  readonly streams: Streams
  /** Channels and live streams by what they are called. */
  readonly search: Search
  /** What can be given; giving is the room's: `room.gifts`, `room.treasure`. */
  readonly gifts: GiftShop
  /** The rooms of live streams. */
  readonly live: LiveRooms
  /** Rooms of voices. */
  readonly audio: AudioRooms
  /** Rooms of past streams, as they were. */
  readonly replays: Replays
  /** Who is live now. */
  readonly lobby: Lobby

  /** `url` is the server's address: `https://odeon.example`. */
  constructor(url: string, options: OdeonOptions = {}) {
    const address = addressOf(url)
    const client = options.client ?? (isBrowser() ? 'browser' : 'program')
    const world = options.world ?? realWorld
    const Socket = options.WebSocket ?? globalThis.WebSocket
    if (!Socket) throw new TypeError('There is no WebSocket here. In Node, use 22 or later.')
    const { session, transport } = openSession({ ...options, address, client, world })
    this.auth = new Auth(session, transport)
    this.users = new Users(session)
    this.wallet = new OwnWallet(session)
    this.payments = new Payments(session, world)
    this.tiers = new Tiers(session, world)
    this.admin = new Admin(session)
    this.moderation = new ModerationDesk(session)
    this.reports = new Reports(session)
    this.channels = new Channels(session)
    this.streams = new Streams(session)
    this.search = searchOver(session)
    this.gifts = new GiftShop(session)
    const desk = new RoomDesk({
      session,
      world,
      address,
      Socket,
      deadlineMs: options.commandDeadlineMs,
    })
    this.me = new OwnAccount(session, desk)
    this.live = new LiveRooms(desk, this.streams)
    this.audio = new AudioRooms(desk, this.streams)
    this.replays = new Replays(session, this.streams, world)
    this.lobby = new Lobby(session, desk)
  }
}

/** `localhost:2567` is a valid URL too, of a scheme nobody speaks: said at once, not per call. */
function addressOf(url: string): string {
  const { protocol, href } = URL.canParse(url) ? new URL(url) : { protocol: '', href: '' }
  if (protocol === 'http:' || protocol === 'https:') return href.replace(/\/+$/, '')
  throw new TypeError(`Expected an address such as https://odeon.example, got "${url}"`)
}

function isBrowser(): boolean {
  return typeof document !== 'undefined'
}
