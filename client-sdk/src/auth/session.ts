/**
 * Who is signed in. The access token lives in memory only and is renewed before it ends; the
 * refresh token is a cookie the page cannot read, or in a program's own keeping.
 */
import type { Call, Transport } from '../http/transport.ts'
import { Listeners } from '../listeners.ts'
import { Refusal } from '../refusal.ts'
import { settle } from '../room/settle.ts'
import type { World } from '../world.ts'
import type { Me } from './accounts.ts'
import type { SessionStore } from './session-store.ts'
import { type Suspension, suspensionIn } from './suspension.ts'

/** What the server answers to a sign-in and to a refresh. */
export interface SessionReply {
  accessToken: string
  /** Unix ms, by the server's clock. */
  expiresAt: number
  user: Me
  refreshToken?: string
}

/** Renewed when less than this is left. */
const leewayMs = 30_000

/**
 * Answers to a refresh that say the token is no good: not valid, not even a token. Any other says
 * nothing about the sign-in.
 */
const endings: ReadonlySet<number | undefined> = new Set([401, 400])

interface Access {
  token: string
  renewAt: number
}

export class Session {
  readonly #transport: Transport
  readonly #store: SessionStore
  readonly #world: World
  readonly #changed = new Listeners<[user: Me | null, before: Me | null]>()
  readonly #judged = new Listeners<[suspension: Suspension | null]>()
  #user: Me | null = null
  #suspension: Suspension | null = null
  #access: Access | undefined
  #renewal: Promise<boolean> | undefined
  /** Counts sign-ins and sign-outs, so that a renewal under way cannot undo a later one. */
  #generation = 0

  constructor(transport: Transport, store: SessionStore, world: World) {
    this.#transport = transport
    this.#store = store
    this.#world = world
  }

  get user(): Me | null {
    return this.#user
  }

  /** Why whoever was here, or proved who they are, may not be signed in. */
  get suspension(): Suspension | null {
    return this.#suspension
  }

  onSuspension(call: (suspension: Suspension | null) => void): () => void {
    return this.#judged.add(call)
  }

  setSuspension(suspension: Suspension | null): void {
    const before = this.#suspension
    this.#suspension = suspension
    if (before !== suspension) this.#judged.tell(suspension)
  }

  /** Takes note of a refusal for a suspension; whatever it is, it is for the caller to throw. */
  noteSuspension(error: unknown): boolean {
    const suspension = suspensionIn(error, this.#transport)
    if (suspension) this.setSuspension(suspension)
    return suspension !== undefined
  }

  /** The access token as it is, possibly stale. */
  get token(): string | undefined {
    return this.#access?.token
  }

  onChange(call: (user: Me | null, before: Me | null) => void): () => void {
    return this.#changed.add(call)
  }

  /** The access token, renewed when it is about to end; undefined when nobody is signed in. */
  async fresh(): Promise<string | undefined> {
    if (this.#access !== undefined && this.#world.now() >= this.#access.renewAt) await this.renew()
    return this.#access?.token
  }

  /** Sends a call as the signed-in person, renewing the token before or, on 401, after it. */
  async send<Reply>(call: Call): Promise<Reply> {
    const token = await this.fresh()
    try {
      return await this.#transport.send<Reply>({ ...call, token })
    } catch (error) {
      const isStale = error instanceof Refusal && error.status === 401 && token !== undefined
      // Somebody else may have renewed it meanwhile.
      if (!isStale || (this.#access?.token === token && !(await this.renew()))) throw error
    }
    return this.#transport.send<Reply>({ ...call, token: this.#access?.token })
  }

  /**
   * Gets a new access token with the refresh token. Resolves false, signed out, when the sign-in
   * has ended; rejects with why when nobody can tell.
   */
  renew(): Promise<boolean> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined
    })
    return this.#renewal
  }

  async accept(reply: SessionReply): Promise<Me> {
    this.#generation += 1
    const now = this.#world.now()
    const renewAt = reply.expiresAt - leewayMs
    // A clock that is far off would renew before every call: then the server's 401 decides.
    this.#access = { token: reply.accessToken, renewAt: renewAt > now ? renewAt : Infinity }
    const kept = reply.refreshToken ?? (this.#transport.isProgram ? undefined : heldByCookie)
    if (kept !== undefined) await this.#store.set(kept)
    this.setSuspension(null)
    this.setUser(reply.user)
    return reply.user
  }

  setUser(user: Me | null): void {
    const before = this.#user
    this.#user = settle(user, before)
    if (before !== this.#user) this.#changed.tell(user, before)
  }

  /** Forgets everything here. Nothing is said to the server. */
  async forget(): Promise<void> {
    this.#generation += 1
    this.#access = undefined
    await this.#store.set(null)
    this.setSuspension(null)
    this.setUser(null)
  }

  /** True when a sign-in may be resumed without asking in vain. */
  async isResumable(): Promise<boolean> {
    return (await this.#store.get()) !== null
  }

  /** The body that names the refresh token, for programs; browsers send their cookie. */
  async refreshBody(): Promise<{ refreshToken?: string }> {
    const refreshToken = this.#transport.isProgram ? await this.#store.get() : null
    return refreshToken === null ? {} : { refreshToken }
  }

  async #renew(): Promise<boolean> {
    const generation = this.#generation
    try {
      const body = await this.refreshBody()
      const reply = await this.#transport.send<SessionReply>({
        method: 'POST',
        path: '/v1/auth/refresh',
        body,
      })
      if (generation === this.#generation) await this.accept(reply)
      return true
    } catch (error) {
      if (generation === this.#generation && this.noteSuspension(error)) {
        // What proves who one is stays, so that the next start learns the same.
        this.#access = undefined
        this.setUser(null)
        return false
      }
      if (!(error instanceof Refusal) || !endings.has(error.status)) throw error
      if (generation === this.#generation) await this.forget()
      return false
    }
  }
}

/** What a browser's store holds: not the token, only that the cookie has one. */
const heldByCookie = 'cookie'
