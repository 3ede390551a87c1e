/** Platform roles, suspensions, and the one-time claim that makes the first administrator. */
import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Logger, World } from '@odeon/rooms/ports'
import { recordAction } from '../moderation/record-action.ts'
import { Refused } from '../platform/http/refusal.ts'
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
}

export interface AccountChange {
  platformRole?: User['platformRole'] | undefined
  suspended?: boolean | undefined
  /** For the record, and nobody else. */
  reason?: string | undefined
}

type ChangeRefusal =
  | 'not_found'
  | 'not_yourself'
  | 'accounts_only'
  | 'email_not_allowed'
  | 'email_not_verified'

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
  /** True unless an allow-list is set and the account is not on it with a verified address. */
  mayBeAdmin: (user: Pick<User, 'email' | 'emailVerifiedAt'>) => boolean
}

export function administration(deps: AdministrationDeps): Administration {
  const { em, world, log, adminEmails } = deps
  const isListed = ({ email }: Pick<User, 'email'>): boolean =>
    adminEmails.length === 0 || (email != null && adminEmails.includes(email))

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

    async change(adminId, userId, change) {
      const { platformRole, suspended } = change
      // So that there is always an administrator left.
      if (adminId === userId) return new Refused('not_yourself')
      const outcome = await em().transactional(async (tx) => {
        const lockMode = LockMode.PESSIMISTIC_WRITE
        const user = await tx.findOne(UserEntity, userId, { lockMode })
        if (!user) return new Refused('not_found')
        const was = { platformRole: user.platformRole, suspended: user.suspendedAt != null }
        if (platformRole !== undefined) {
          if (user.kind === 'guest') return new Refused('accounts_only')
          if (platformRole === 'admin') {
            if (!isListed(user)) return new Refused('email_not_allowed')
            if (!user.emailVerifiedAt) return new Refused('email_not_verified')
          }
          user.platformRole = platformRole
        }
        if (suspended === true) user.suspendedAt ??= new Date(world.now())
        if (suspended === false) user.suspendedAt = null
        await recordChange(tx, world, { adminId, user, was, change })
        return user
      })
      if (outcome instanceof Refused) return outcome
      deps.changed(userId)
      if (suspended) {
        await deps.endAll(userId, 'suspended')
        await deps.putOut(userId)
      }
      log.info({ adminId, userId, platformRole, suspended }, 'account changed by administrator')
      return outcome
    },
  }
}

interface Changed {
  adminId: string
  user: User
  was: { platformRole: User['platformRole']; suspended: boolean }
  change: AccountChange
}

/** One record for each thing that is other than before (ADM-03). */
async function recordChange(
  tx: EntityManager,
  world: AdministrationDeps['world'],
  { adminId, user, was, change }: Changed,
): Promise<void> {
  const { name } = await tx.findOneOrFail(UserEntity, adminId)
  const is = { platformRole: user.platformRole, suspended: user.suspendedAt != null }
  const kinds: string[] = []
  if (is.platformRole !== was.platformRole) kinds.push('platform_role')
  if (is.suspended !== was.suspended) kinds.push(is.suspended ? 'suspend' : 'unsuspend')
  for (const kind of kinds) {
    await recordAction(sqlIn(tx), {
      id: world.newId(),
      at: world.now(),
      kind,
      by: { id: adminId, name, role: 'admin' },
      target: { id: user.id, name: user.name },
      reason: change.reason ?? null,
      details: { was, is },
    })
  }
}
