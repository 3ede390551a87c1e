/** Accounts as the rest of the server uses them: signing in and out, and who a token is. */
import type { EntityManager } from '@mikro-orm/postgresql'
import { type Authenticator, type Logger, TokenRefused, type World } from '@odeon/rooms/ports'
import { ExpiringCache } from '../platform/expiring-cache.ts'
import type { Forgetting } from '../platform/shared/forgetting.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import type { Mailer } from '../mail/mailer.ts'
import { readSuspension } from '../moderation/account-decisions.ts'
import type { SanctionView } from '../moderation/protocol.ts'
import type { Sql } from '../platform/database.ts'
import { accessTokens } from './access-tokens.ts'
import { type AppealTokens, appealTokens } from './appeal-tokens.ts'
import { administration, type Administration } from './administration.ts'
import { emailVerification, type EmailVerification } from './email-verification.ts'
import type { EndReason, User } from './entities.ts'
import { passwords } from './passwords.ts'
import { guestOpener, type NewGuest } from './open-guests.ts'
import { meOf, type People, people } from './people.ts'
import { accountLimits, type SessionReply } from './protocol.ts'
import { type Replaced, type Sessions, sessions } from './sessions.ts'

export interface AccountsDeps {
  /** A fresh unit of work each time. */
  em: () => EntityManager
  sql: Sql
  prepared: Sql
  world: World
  log: Logger
  /** At least 32 bytes; the same for every process. */
  jwtSecret: Uint8Array
  /** bcrypt cost; 12 unless a test says otherwise. */
  passwordCost?: number
  /** When not empty, only these addresses may be administrators. */
  adminEmails?: readonly string[]
  mailer: Mailer
  /** Where people reach the server, for links in letters; no slash at the end. */
  publicUrl: string
  /** Puts a person out of every room they are in, or of those that one person hosts. */
  putOut: (userId: string, hostedBy?: string) => Promise<void>
  /** Closes what the sign-ins of a person opened in rooms, or that one. */
  closeSockets: (userId: string, sid?: string) => void
  /** What one sign-in of a person opened in rooms is another's from now on. */
  handOn: (userId: string, sids: { from: string; to: string }) => void
  /** Carries out what decisions about accounts left, after their commit. */
  carryOut: (ids: readonly string[]) => Promise<void>
  /** Shares with other processes what changed; absent for one alone. */
  forgetting?: Pick<Forgetting, 'share'> | undefined
}

/** A reply to signing in; the refresh token goes to a cookie or the body, as the client needs. */
export type SignIn = SessionReply & { refreshToken: string }

/** Beside the refusal `suspended`: the decision, and what opens it and the appeal for a day. */
export interface SuspendedAbout {
  decision: SanctionView | null
  appealToken: string
}

export interface AccountsService {
  people: People
  sessions: Sessions
  administration: Administration
  verification: EmailVerification
  /** Opens a sign-in for somebody who proved who they are, instead of one they had or beside it. */
  signIn: (user: User, userAgent: string, insteadOf?: Replaced) => Promise<SignIn>
  /** Somebody without an account, signed in. */
  guest: (guest: NewGuest) => Promise<SignIn>
  /** The next pair of tokens, whom it belonged to who is suspended now, or null: it is no good. */
  refresh: (refreshToken: string) => Promise<SignIn | { suspended: string } | null>
  /** What a suspended person is told who proved who they are. */
  whySuspended: (userId: string) => Promise<{ about: SuspendedAbout }>
  appealTokens: AppealTokens
  /** Ends what these tokens belong to. Expired access tokens count, unknown ones do nothing. */
  signOut: (tokens: {
    refreshToken?: string | undefined
    accessToken?: string | undefined
  }) => Promise<void>
  /** Ends every sign-in of a person, and what they opened in rooms. */
  signOutEverywhere: (userId: string) => Promise<void>
  /** Rejects with `TokenRefused`; faults of the database pass through. */
  authenticate: (token: string) => Promise<SignedIn>
}

/**
 * What these sign-ins opened closes one by one. With the others all of the person's closes, they
 * are put out, or it is handed on.
 */
const closesAlone: ReadonlySet<EndReason> = new Set(['logout', 'crowded', 'reuse', 'claimed'])

export function accountsService(deps: AccountsDeps): AccountsService {
  const { em, world, log } = deps
  const tokens = accessTokens(deps.jwtSecret, world.now)
  const kept = { ttlMs: accountLimits.identityKeptMs, entriesMax: 50_000, now: world.now }
  const appeals = appealTokens(deps.jwtSecret, world.now)
  const liveSids = new ExpiringCache<string, boolean>(kept)
  const users = new ExpiringCache<string, User | null>(kept)
  deps.forgetting?.share('sign-ins', liveSids)
  deps.forgetting?.share('users', users)

  const changed = (userId: string) => {
    users.delete(userId)
    everyone.forget(userId)
  }
  const allSessions = sessions({
    em,
    prepared: deps.prepared,
    world,
    ended: (over, because) => {
      for (const { sid } of over) liveSids.delete(sid)
      if (!closesAlone.has(because)) return
      for (const { sid, userId } of over) deps.closeSockets(userId, sid)
    },
  })
  const everyone = people({
    em,
    prepared: deps.prepared,
    world,
    passwords: passwords(deps.passwordCost),
    changed,
    forgetting: deps.forgetting,
  })
  const admins = administration({
    em,
    world,
    log,
    changed,
    adminEmails: (deps.adminEmails ?? []).map((email) => email.trim().toLowerCase()),
    endAll: allSessions.endAll,
    putOut: deps.putOut,
    carryOut: deps.carryOut,
  })

  const openGuest = guestOpener(deps)

  const renew = async (user: User, sid: string): Promise<SessionReply> => {
    const signed = await tokens.sign(user, sid)
    return { ...signed, user: meOf(user) }
  }

  return {
    people: everyone,
    sessions: allSessions,
    administration: admins,
    verification: emailVerification({ ...deps, changed }),
    async signIn(user, userAgent, insteadOf) {
      const { sid, refreshToken } = await allSessions.open(user.id, userAgent, insteadOf)
      // A page goes on when its guest registers; what it opened ends with the account's sign-in.
      if (insteadOf?.because === 'upgraded') deps.handOn(user.id, { from: insteadOf.sid, to: sid })
      return { ...(await renew(user, sid)), refreshToken }
    },
    async guest(guest) {
      const { user, sid, refreshToken } = await openGuest(guest)
      // Whoever signs in goes on at once; what was just written need not be read.
      liveSids.set(sid, true)
      users.set(user.id, user)
      return { ...(await renew(user, sid)), refreshToken }
    },
    async refresh(token) {
      const refreshed = await allSessions.refresh(token)
      if (!refreshed) return null
      const user = await everyone.find(
        'suspended' in refreshed ? refreshed.suspended : refreshed.userId,
      )
      if (!user) return null
      if (user.suspendedAt) return { suspended: user.id }
      if ('suspended' in refreshed) return null
      return { ...(await renew(user, refreshed.sid)), refreshToken: refreshed.refreshToken }
    },
    whySuspended: async (userId) => ({
      about: {
        decision: await readSuspension(deps.sql, { userId, now: world.now() }),
        appealToken: await appeals.sign(userId),
      },
    }),
    appealTokens: appeals,
    async signOut({ refreshToken, accessToken }) {
      if (refreshToken) await allSessions.endByToken(refreshToken)
      if (!accessToken) return
      try {
        const { sid } = await tokens.verify(accessToken, true)
        await allSessions.end(sid, 'logout')
      } catch (error) {
        if (!(error instanceof TokenRefused)) throw error
      }
    },
    async signOutEverywhere(userId) {
      await allSessions.endAll(userId, 'everywhere')
      deps.closeSockets(userId)
    },
    async authenticate(token) {
      const { sid, userId } = await tokens.verify(token)
      const [live, user] = await Promise.all([
        liveSids.get(sid, () => allSessions.isLive(sid)),
        users.get(userId, () => everyone.find(userId)),
      ])
      if (!live || !user) throw new TokenRefused('signed out')
      if (user.suspendedAt) throw new TokenRefused('suspended')
      const { name, kind } = user
      const demoted = user.platformRole === 'admin' && !admins.mayBeAdmin(user)
      return { userId, name, kind, platformRole: demoted ? 'user' : user.platformRole, sid }
    },
  }
}

/** What rooms see. Only these fields: Colyseus would take others for its own. */
export function roomAuthenticator(service: AccountsService): Authenticator {
  return {
    async authenticate(token) {
      const { userId, name, kind, platformRole, sid } = await service.authenticate(token)
      return { userId, name, kind, platformRole, sid }
    },
  }
}
