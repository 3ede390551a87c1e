/** The moderation of a channel outside its rooms: the part of `odeon.channels` for its crew. */
import type { Session } from '../auth/session.ts'
import { BanLists } from './ban-lists.ts'
import type {
  ActionRecord,
  AuditQuery,
  Crew,
  CrewPerson,
  CrewSanction,
  NewSanction,
  Page,
  Reviewer,
} from './shapes.ts'

export class ModeratedChannels {
  /** Lists of people that channels share. */
  readonly banLists: BanLists
  /** A program of the host's own that is asked about every line. */
  readonly reviewer: Reviewers
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
    this.banLists = new BanLists(session)
    this.reviewer = new Reviewers(session)
  }

  /** Host, moderators and VIPs; for everybody. Refused with `not_found`. */
  crew(handle: string): Promise<Crew> {
    return this.#session.send({ method: 'GET', path: `${at(handle)}/crew` })
  }

  /**
   * The host only. Refused with `already_so`, `accounts_only`, `too_many`, `outranked`,
   * `no_such_person`.
   */
  grant(handle: string, userId: string, role: 'moderator' | 'vip'): Promise<void> {
    return this.#session.send({ method: 'PUT', path: crewPath(handle, userId, role) })
  }

  revoke(handle: string, userId: string, role: 'moderator' | 'vip'): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: crewPath(handle, userId, role) })
  }

  /**
   * Accounts whose username or name begins so (2–64 characters), at most `limit` (1–20, usually 8);
   * for the crew. Refused with `not_allowed`, `rate_limited`.
   */
  async findPeople(
    handle: string,
    query: string,
    { limit }: { limit?: number } = {},
  ): Promise<CrewPerson[]> {
    const call = { method: 'GET', path: `${at(handle)}/people`, query: { query, limit } } as const
    return (await this.#session.send<{ people: CrewPerson[] }>(call)).people
  }

  /** Somebody, and since when they follow; for the crew. Refused with `no_such_person`. */
  person(handle: string, userId: string): Promise<CrewPerson> {
    const path = `${at(handle)}/people/${encodeURIComponent(userId)}`
    return this.#session.send({ method: 'GET', path })
  }

  /** What was done and by whom, newest first. Refused with `not_allowed`. */
  audit(
    handle: string,
    query: AuditQuery = {},
  ): Promise<{ actions: ActionRecord[]; more: boolean }> {
    return this.#session.send({ method: 'GET', path: `${at(handle)}/audit`, query: { ...query } })
  }

  /** Timeouts and bans, newest first; `stands` leaves out what is over. */
  sanctions(
    handle: string,
    query: Page & { stands?: boolean } = {},
  ): Promise<{ sanctions: CrewSanction[]; more: boolean }> {
    const { stands, ...page } = query
    const asked = stands === undefined ? page : { ...page, stands: String(stands) }
    return this.#session.send({ method: 'GET', path: `${at(handle)}/sanctions`, query: asked })
  }

  /**
   * As `room.members.timeout` and `ban` do, without being in a room; but what they said stays
   * unless `purge` is true. Refused with `no_such_person`, `not_yourself`, `outranked`,
   * `already_so`, `not_allowed`.
   */
  sanction(handle: string, sanction: NewSanction): Promise<CrewSanction> {
    return this.#session.send({ method: 'POST', path: `${at(handle)}/sanctions`, body: sanction })
  }

  /** Refused with `not_sanctioned`. */
  unsanction(handle: string, userId: string): Promise<void> {
    const path = `${at(handle)}/sanctions/${encodeURIComponent(userId)}`
    return this.#session.send({ method: 'DELETE', path })
  }
}

/** The host's own; the secret goes in and never comes out. */
class Reviewers {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  async get(handle: string): Promise<Reviewer | null> {
    const call = { method: 'GET', path: reviewerPath(handle) } as const
    return (await this.#session.send<{ reviewer: Reviewer | null }>(call)).reviewer
  }

  /** Without `secret` the one there is stays. Refused with `address_refused`, `secret_needed`. */
  async set(
    handle: string,
    reviewer: Partial<Reviewer> & { url: string; secret?: string },
  ): Promise<Reviewer | null> {
    const call = { method: 'PUT', path: reviewerPath(handle), body: reviewer } as const
    return (await this.#session.send<{ reviewer: Reviewer | null }>(call)).reviewer
  }

  remove(handle: string): Promise<void> {
    return this.#session.send({ method: 'DELETE', path: reviewerPath(handle) })
  }

  /** Asks it about a made-up line now. Refused with `no_reviewer`. */
  probe(
    handle: string,
  ): Promise<{ outcome: 'allow' | 'deny' | 'rewrite' | 'away'; tookMs: number }> {
    return this.#session.send({ method: 'POST', path: `${reviewerPath(handle)}/probe` })
  }
}

function at(handle: string): string {
  return `/v1/channels/${encodeURIComponent(handle)}`
}

function crewPath(handle: string, userId: string, role: string): string {
  return `${at(handle)}/crew/${encodeURIComponent(userId)}/${role}`
}

function reviewerPath(handle: string): string {
  return `${at(handle)}/reviewer`
}
