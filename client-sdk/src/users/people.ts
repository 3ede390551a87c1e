/** People: `odeon.users`, and one's own account and blocks: `odeon.me`. */
import type { Me, Profile, Settings } from '../auth/accounts.ts'
import type { Session, SessionReply } from '../auth/session.ts'
import type { FollowedChannel } from '../channels/channels.ts'
import type { MeConnection } from '../me/me-connection.ts'
import type { NoticePage, NoticeQuery } from '../me/notices.ts'
import { SanctionedAccount } from '../moderation/own-sanctions.ts'
import type { RoomDesk } from '../room/room-desk.ts'

export { Tiers } from '../tiers/tiers.ts'
export { Payments } from '../payments/payments.ts'
export { OwnWallet } from '../wallet/wallet.ts'

export class Users {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Refused with `not_found`. */
  get(id: string): Promise<Profile> {
    return this.#session.send({ method: 'GET', path: `/v1/users/${encodeURIComponent(id)}` })
  }
}

export interface Block {
  user: Profile
  /** Unix ms. */
  at: number
}

export class OwnAccount extends SanctionedAccount {
  readonly blocks: Blocks
  readonly #session: Session
  readonly #desk: RoomDesk

  constructor(session: Session, desk: RoomDesk) {
    super(session)
    this.#session = session
    this.#desk = desk
    this.blocks = new Blocks(session)
  }

  /**
   * Enters one's own room: notices as they come, on every device, and how many are unread.
   * `backlog` is how many of the newest notices come with it, 0–100. Refused with
   * `unauthenticated`, `banned`.
   */
  async join({ backlog = 20 }: { backlog?: number } = {}): Promise<MeConnection> {
    const { MeConnection } = await import('../me/me-connection.ts')
    return await this.#desk.enter('/v1/me', (options) => new MeConnection(options), backlog)
  }

  /** What one was told, newest first; kept for 90 days. */
  notices(query: NoticeQuery = {}): Promise<NoticePage> {
    return this.#session.send({ method: 'GET', path: '/v1/me/notices', query: { ...query } })
  }

  /** Marks one notice as read, or all; resolves with how many are not. */
  async read(id?: string): Promise<number> {
    const body = id === undefined ? {} : { id }
    const call = { method: 'POST', path: '/v1/me/notices/read', body } as const
    return (await this.#session.send<{ unread: number }>(call)).unread
  }

  async get(): Promise<Me> {
    return this.#keep(await this.#session.send<Me>({ method: 'GET', path: '/v1/me' }))
  }

  /** Changes what is named; settings are merged key by key. Refused with `invalid`. */
  async update(changes: { name?: string; about?: string; settings?: Settings }): Promise<Me> {
    const body = changes
    return this.#keep(await this.#session.send<Me>({ method: 'PATCH', path: '/v1/me', body }))
  }

  /**
   * Channels this account follows: on the first page those that are live, then the newest follows.
   * `before` is `followedAt` of the last one of the page before; `limit` 1–100.
   */
  async following(query: { before?: number; limit?: number } = {}): Promise<FollowedChannel[]> {
    const call = { method: 'GET', path: '/v1/me/following', query } as const
    return (await this.#session.send<{ channels: FollowedChannel[] }>(call)).channels
  }

  /** Becomes administrator with the one-time token of the server. Refused with `claim_invalid`. */
  async claimAdmin(token: string): Promise<Me> {
    const call = { method: 'POST', path: '/v1/admin/claim', body: { token } } as const
    return this.#session.accept(await this.#session.send<SessionReply>(call))
  }

  #keep(me: Me): Me {
    this.#session.setUser(me)
    return me
  }
}

/** Whom the signed-in person does not want to meet. */
class Blocks {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Newest first. */
  async list(): Promise<Block[]> {
    const reply = await this.#session.send<{ blocks: Block[] }>({
      method: 'GET',
      path: '/v1/me/blocks',
    })
    return reply.blocks
  }

  /** Again changes nothing. Refused with `not_found`, `not_yourself`, `too_many_blocks`. */
  add(userId: string): Promise<void> {
    return this.#session.send({ method: 'PUT', path: blockPath(userId) })
  }

  remove(userId: string): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: blockPath(userId) })
  }
}

function blockPath(userId: string): string {
  return `/v1/me/blocks/${encodeURIComponent(userId)}`
}
