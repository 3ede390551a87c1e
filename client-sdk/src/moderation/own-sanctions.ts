/** What was decided against oneself: `odeon.me.sanctions`, `odeon.me.appeal`. */
import type { Session } from '../auth/session.ts'
import type { KeptSanction } from './shapes.ts'

export class SanctionedAccount {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Newest first, over or not. */
  async sanctions(): Promise<KeptSanction[]> {
    const call = { method: 'GET', path: '/v1/me/sanctions' } as const
    return (await this.#session.send<{ sanctions: KeptSanction[] }>(call)).sanctions
  }

  /**
   * Asks somebody else to look at a decision, once; 10 to 1,000 characters. Refused with
   * `not_found`, `already_appealed`, `not_standing`, `invalid`.
   */
  appeal(sanctionId: string, text: string): Promise<KeptSanction> {
    const path = `/v1/me/sanctions/${encodeURIComponent(sanctionId)}/appeal`
    return this.#session.send({ method: 'POST', path, body: { text } })
  }
}
