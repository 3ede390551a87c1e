/** The desk: `odeon.moderation` for those who decide, `odeon.reports` for everybody. */
import type { Session } from '../auth/session.ts'
import type { Appeal, AppealStatus, Decision, Flag, Page, QueueQuery, Report } from './shapes.ts'

export class Reports {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * Says that something is wrong. Refused with `not_found`, `not_yourself`, `already_reported`,
   * `too_many_reports`.
   */
  send(report: Report): Promise<{ id: string }> {
    return this.#session.send({ method: 'POST', path: '/v1/reports', body: report })
  }
}

export class ModerationDesk {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Newest first; `pending` counts all that wait. Refused with `not_allowed`, `not_found`. */
  queue(query: QueueQuery = {}): Promise<{ flags: Flag[]; more: boolean; pending: number }> {
    const { automatic, ...rest } = query
    const asked = automatic === undefined ? rest : { ...rest, automatic: String(automatic) }
    return this.#session.send({ method: 'GET', path: '/v1/moderation/queue', query: asked })
  }

  /**
   * Decides a flag and all about the same; what was decided is done. Refused with `not_found`,
   * `not_allowed`, `already_decided`, `not_possible`, `outranked`, `already_so`.
   */
  decide(flagId: string, decision: Decision): Promise<Flag> {
    return this.#session.send({ method: 'POST', path: flagPath(flagId), body: decision })
  }

  /** Takes a decision of the last five minutes back. Refused with `not_possible`, `outranked`. */
  reopen(flagId: string): Promise<Flag> {
    return this.#session.send({ method: 'POST', path: `${flagPath(flagId)}/reopen` })
  }

  appeals(
    query: Page & { status?: AppealStatus; channel?: string } = {},
  ): Promise<{ appeals: Appeal[]; more: boolean }> {
    return this.#session.send({
      method: 'GET',
      path: '/v1/moderation/appeals',
      query: { ...query },
    })
  }

  /** Refused with `not_found`, `not_allowed`, `already_decided`, `own_decision`. */
  decideAppeal(
    appealId: string,
    decision: { decision: 'uphold' | 'lift'; note?: string },
  ): Promise<void> {
    const path = `/v1/moderation/appeals/${encodeURIComponent(appealId)}`
    return this.#session.send({ method: 'POST', path, body: decision })
  }

  /**
   * Takes what was decided about an appeal in the last five minutes back. Refused with
   * `not_found`, `not_allowed`, `not_possible`, `own_decision`.
   */
  reopenAppeal(appealId: string): Promise<void> {
    const path = `/v1/moderation/appeals/${encodeURIComponent(appealId)}/reopen`
    return this.#session.send({ method: 'POST', path })
  }
}

function flagPath(flagId: string): string {
  return `/v1/moderation/flags/${encodeURIComponent(flagId)}`
}
