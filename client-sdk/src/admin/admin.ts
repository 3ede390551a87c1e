/** What administrators do: `odeon.admin`. */
import type { Me } from '../auth/accounts.ts'
import type { Session, SessionReply } from '../auth/session.ts'
import type { ActionRecord, AuditQuery } from '../moderation/shapes.ts'
import type {
  AccountChange,
  AdminOverview,
  AdminRoom,
  AdminUser,
  ChangedUser,
  UserQuery,
} from './shapes.ts'

export class Admin {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * Makes the signed-in account an administrator, with the token of the one-time link. Refused
   * with `claim_invalid`, `account_required`.
   */
  async claim(token: string): Promise<Me> {
    const reply = await this.#session.send<SessionReply>({
      method: 'POST',
      path: '/v1/admin/claim',
      body: { token },
    })
    return this.#session.accept(reply)
  }

  /** The house in numbers. All of these are refused with `not_allowed`. */
  overview(): Promise<AdminOverview> {
    return this.#session.send({ method: 'GET', path: '/v1/admin/overview' })
  }

  /** Rooms open in the process that answers, the fullest first. */
  async rooms(): Promise<AdminRoom[]> {
    const call = { method: 'GET', path: '/v1/admin/rooms' } as const
    return (await this.#session.send<{ rooms: AdminRoom[] }>(call)).rooms
  }

  /** Newest first. */
  users(query: UserQuery = {}): Promise<{ users: AdminUser[]; more: boolean }> {
    const { suspended, ...rest } = query
    const asked = { ...rest, ...(suspended !== undefined && { suspended: String(suspended) }) }
    return this.#session.send({ method: 'GET', path: '/v1/admin/users', query: asked })
  }

  /** Every action of moderators, administrators and the house, newest first. */
  audit(query: AuditQuery = {}): Promise<{ actions: ActionRecord[]; more: boolean }> {
    return this.#session.send({ method: 'GET', path: '/v1/admin/audit', query: { ...query } })
  }

  /**
   * Another role, or suspended and back. Refused with `not_found`, `not_yourself`,
   * `accounts_only`, `email_not_allowed`, `email_not_verified`.
   */
  change(userId: string, change: AccountChange): Promise<ChangedUser> {
    const path = `/v1/admin/users/${encodeURIComponent(userId)}`
    return this.#session.send({ method: 'PATCH', path, body: change })
  }

  /** Ends every sign-in of somebody and puts them out of their rooms. Refused as `change` is. */
  async suspend(userId: string, reason?: string): Promise<void> {
    await this.change(userId, { suspended: true, ...(reason !== undefined && { reason }) })
  }
}
