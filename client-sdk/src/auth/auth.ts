/** Signing in and out: `odeon.auth`. */
import type { Transport } from '../http/transport.ts'
import type { Me } from './accounts.ts'
import type { Session, SessionReply } from './session.ts'
import type { Suspension } from './suspension.ts'

export class Auth {
  readonly #session: Session
  readonly #transport: Transport

  constructor(session: Session, transport: Transport) {
    this.#session = session
    this.#transport = transport
  }

  /** Who is signed in; null when nobody is. */
  get user(): Me | null {
    return this.#session.user
  }

  /** Calls back with every change of `user`; the result stops it. */
  onChange(call: (user: Me | null, before: Me | null) => void): () => void {
    return this.#session.onChange(call)
  }

  /**
   * The suspension of whoever was signed in here, or signed in just now in vain: why, and the one
   * appeal. Null when there is none, and after `logout`.
   */
  get suspension(): Suspension | null {
    return this.#session.suspension
  }

  /** Calls back with every change of `suspension`; the result stops it. */
  onSuspension(call: (suspension: Suspension | null) => void): () => void {
    return this.#session.onSuspension(call)
  }

  /**
   * Creates an account and signs in. A guest who registers keeps being the same person.
   * Refused with `username_taken`, `email_taken`, `invalid` (see `fields`), `rate_limited`.
   */
  register(account: { username: string; email: string; password: string }): Promise<Me> {
    return this.#enter('/v1/auth/register', account, this.#session)
  }

  /** Refused with `wrong_credentials`, `suspended` (then `suspension` says why), `rate_limited`. */
  login(credentials: { email: string; password: string }): Promise<Me> {
    return this.#enter('/v1/auth/login', credentials)
  }

  /** Signs in without an account. */
  guest(guest: { name?: string } = {}): Promise<Me> {
    return this.#enter('/v1/auth/guest', guest)
  }

  /**
   * Resumes the sign-in of an earlier page load or program start; null when there is none.
   * Asks the server only if this client was signed in before.
   */
  async restore(): Promise<Me | null> {
    if (this.#session.user !== null) return this.#session.user
    if (await this.#session.isResumable()) await this.#session.renew()
    return this.#session.user
  }

  /** Renews the access token now. Happens by itself when needed; null when the sign-in ended. */
  async refresh(): Promise<Me | null> {
    await this.#session.renew()
    return this.#session.user
  }

  /** Ends this sign-in, here even when the server cannot be told. */
  async logout(): Promise<void> {
    const body = await this.#session.refreshBody()
    const { token } = this.#session
    try {
      // As it is: signing out needs no fresh token.
      await this.#transport.send({ method: 'POST', path: '/v1/auth/logout', body, token })
    } finally {
      await this.#session.forget()
    }
  }

  /** Ends every sign-in of this person, on all devices. */
  async logoutEverywhere(): Promise<void> {
    await this.#session.send({ method: 'POST', path: '/v1/auth/logout-everywhere' })
    await this.#session.forget()
  }

  /**
   * Mails the signed-in account a link that confirms its address; registering does so by itself.
   * Refused with `already_verified`, `too_soon`, `mail_unavailable`, `account_required`.
   */
  sendVerification(): Promise<{ email: string; expiresAt: number }> {
    return this.#session.send({ method: 'POST', path: '/v1/me/email/verification' })
  }

  /**
   * Confirms an address with what the link held, signed in or not. Refused with
   * `verification_invalid`.
   */
  async verifyEmail(token: string): Promise<{ email: string }> {
    const call = { method: 'POST', path: '/v1/auth/verify-email', body: { token } } as const
    const confirmed = await this.#transport.send<{ email: string }>(call)
    const { user } = this.#session
    if (user?.email === confirmed.email) this.#session.setUser({ ...user, emailVerified: true })
    return confirmed
  }

  async #enter(path: string, body: object, sender: Session | Transport = this.#transport) {
    try {
      const reply = await sender.send<SessionReply>({ method: 'POST', path, body })
      return await this.#session.accept(reply)
    } catch (error) {
      this.#session.noteSuspension(error)
      throw error
    }
  }
}
