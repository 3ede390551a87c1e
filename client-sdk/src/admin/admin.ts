/** What administrators do: `odeon.admin`. */
import type { Me } from '../auth/accounts.ts'
import type { Session, SessionReply } from '../auth/session.ts'

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
}
