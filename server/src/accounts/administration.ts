/** Platform roles, suspensions, and the one-time claim that makes the first administrator. */
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Logger, World } from '@odeon/rooms/ports'
import { recordAction } from '../moderation/record-action.ts'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { type AccountChange, type ChangeRefusal, changeAccount } from './change-account.ts'
import { AdminClaimEntity, type User, UserEntity } from './entities.ts'
import { accountLimits } from './protocol.ts'
import { hashToken, newToken } from './refresh-tokens.ts'
import { sqlIn } from './sql-in.ts'

export interface AdministrationDeps {
  em: () => EntityManager
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  /** When not empty, only these addresses, verified, may hold the role (AUTH-15). Lower case. */
  adminEmails: readonly string[]
  changed: (userId: string) => void
  endAll: (userId: string, because: 'suspended') => Promise<void>
  /** Puts a suspended person out of the rooms they are in. */
  putOut: (userId: string) => Promise<void>
  /** Carries out what a change left, after its commit. */
  carryOut: (ids: readonly string[]) => Promise<void>
}

export interface Administration {
  hasAdmin: () => Promise<boolean>
  /** A new claim; an older one that nobody used is void from then on. */
  issueClaim: () => Promise<{ token: string; expiresAt: number }>
  claim: (
    userId: string,
    token: string,
  ) => Promise<User | Refused<'claim_invalid' | 'email_not_allowed'>>
  change: (
    adminId: string,
    userId: string,
    change: AccountChange,
  ) => Promise<User | Refused<ChangeRefusal>>
  /** The same inside somebody's transaction, who carries out what it left after the commit. */
  changeIn: (
    sql: Sql,
    adminId: string,
    userId: string,
    change: AccountChange,
  ) => ReturnType<typeof changeAccount>
  /** What follows from how an account is now: what is suspended is signed out and put out. */
  settle: (userId: string) => Promise<void>
  /** True unless an allow-list is set and the account is not on it with a verified address. */
  mayBeAdmin: (user: Pick<User, 'email' | 'emailVerifiedAt'>) => boolean
}

export function administration(deps: AdministrationDeps): Administration {
  const { em, world, log, adminEmails } = deps
  const isListed = ({ email }: { email?: string | null | undefined }): boolean =>
    adminEmails.length === 0 || (email != null && adminEmails.includes(email))
  const settle = async (userId: string) => {
    deps.changed(userId)
    const user = await em().findOne(UserEntity, userId)
    if (!user?.suspendedAt) return
    await deps.endAll(userId, 'suspended')
    await deps.putOut(userId)
  }

  return {
    mayBeAdmin: (user) =>
      isListed(user) && (adminEmails.length === 0 || user.emailVerifiedAt != null),

    async hasAdmin() {
      return (await em().count(UserEntity, { platformRole: 'admin', suspendedAt: null })) > 0
    },

    async issueClaim() {
      const token = newToken()
      const createdAt = new Date(world.now())
      const expiresAt = new Date(world.now() + accountLimits.adminClaimMs)
      await em().transactional(async (tx) => {
        await tx.nativeDelete(AdminClaimEntity, { usedAt: null })
        tx.create(AdminClaimEntity, {
          hash: hashToken(token),
          createdAt,
          expiresAt,
          usedAt: null,
          usedBy: null,
        })
      })
      return { token, expiresAt: expiresAt.getTime() }
    },

    async claim(userId, token) {
      const now = new Date(world.now())
      const outcome = await em().transactional(async (tx) => {
        const user = await tx.findOneOrFail(UserEntity, userId)
        if (!isListed(user)) return new Refused('email_not_allowed')
        // One statement, so that of two who come at once one is first.
        const used = await tx.nativeUpdate(
          AdminClaimEntity,
          { hash: hashToken(token), usedAt: null, expiresAt: { $gt: now } },
          { usedAt: now, usedBy: userId },
        )
        if (used === 0) return new Refused('claim_invalid')
        user.platformRole = 'admin'
        // Whoever reads the server's screen is its operator, or was sent by the operator.
        user.emailVerifiedAt ??= now
        const by = { id: user.id, name: user.name, role: 'admin' } as const
        const at = world.now()
        await recordAction(sqlIn(tx), { id: world.newId(), at, kind: 'admin_claimed', by })
        return user
      })
      if (outcome instanceof Refused) return outcome
      deps.changed(userId)
      log.info({ userId }, 'administrator claimed')
      return outcome
    },

    changeIn: (sql, adminId, userId, change) =>
      changeAccount(sql, { world, isListed }, { adminId, userId, change }),

    settle,

    async change(adminId, userId, change) {
      const outcome = await em().transactional((tx) =>
        changeAccount(sqlIn(tx), { world, isListed }, { adminId, userId, change }),
      )
      if (outcome instanceof Refused) return outcome
      // Whoever asked finds it done; the person is told beside it.
      await settle(userId)
      void deps.carryOut(outcome.pending)
      const { platformRole, suspended } = change
      log.info({ adminId, userId, platformRole, suspended }, 'account changed by administrator')
      return await em().findOneOrFail(UserEntity, userId)
    },
  }
}
