/** The people themselves: registering, what others may see of them, what they may change. */
import { LockMode } from '@mikro-orm/core'
import { ExpiringCache } from '../platform/expiring-cache.ts'
import { gather, together } from '../platform/gather.ts'
import type { Forgetting } from '../platform/shared/forgetting.ts'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { type User, UserEntity } from './entities.ts'
import { findUsers } from './find-users.ts'
import { accountLimits, type Me, type Profile, type Settings } from './protocol.ts'
import {
  makeGuest,
  type RegisterDeps,
  type Registration,
  type RegisterRefusal,
  register,
} from './register.ts'

export interface PeopleDeps extends RegisterDeps {
  prepared: Sql
  /** Called once a change of this person is committed. */
  changed: (userId: string) => void
  forgetting?: Pick<Forgetting, 'share'> | undefined
}

export interface People {
  find: (userId: string) => Promise<User | null>
  /** A new account, or the guest `guestId` turned into one, keeping its id. */
  register: (registration: Registration, guestId?: string) => Promise<User | RegisterRefusal>
  /**
   * The account when the password is right, suspended or not; the same refusal, in the same time,
   * when it is wrong.
   */
  logIn: (email: string, password: string) => Promise<User | Refused<'wrong_credentials' | 'busy'>>
  guest: (name?: string) => Promise<User>
  profile: (userId: string) => Promise<Profile | null>
  update: (
    userId: string,
    change: {
      name?: string | undefined
      about?: string | undefined
      settings?: Settings | undefined
    },
  ) => Promise<User>
  forget: (userId: string) => void
}

export function people(deps: PeopleDeps): People {
  const { em, world } = deps
  const profiles = new ExpiringCache<string, Profile | null>({
    ttlMs: accountLimits.profileKeptMs,
    entriesMax: 10_000,
    now: world.now,
  })
  deps.forgetting?.share('profiles', profiles)
  const find = gather((userIds: string[]) => findUsers(deps.prepared, userIds), together)

  return {
    find,

    async register(registration, guestId) {
      const user = await register(deps, registration, guestId)
      if (guestId && !(user instanceof Refused)) deps.changed(guestId)
      return user
    },

    async logIn(email, password) {
      const user = await em().findOne(UserEntity, { email }, { populate: ['passwordHash'] })
      const stored = user?.passwordHash ?? null
      const matches = await deps.passwords.matches(password, stored)
      if (matches instanceof Refused) return matches
      if (!user || !matches) return new Refused('wrong_credentials')
      return user
    },

    guest: (name) => makeGuest(deps, name),

    profile(userId) {
      return profiles.get(userId, async () => {
        const user = await find(userId)
        return user && profileOf(user)
      })
    },

    async update(userId, { name, about, settings }) {
      const user = await em().transactional(async (tx) => {
        const lockMode = LockMode.PESSIMISTIC_WRITE
        const found = await tx.findOneOrFail(UserEntity, userId, { lockMode })
        if (name !== undefined) found.name = name
        if (about !== undefined) found.about = about
        if (settings !== undefined) found.settings = { ...found.settings, ...settings }
        return found
      })
      deps.changed(userId)
      return user
    },

    forget: (userId) => profiles.delete(userId),
  }
}

export function profileOf(user: User): Profile {
  return {
    id: user.id,
    kind: user.kind,
    username: user.username ?? null,
    name: user.name,
    about: user.about,
    joinedAt: user.createdAt.getTime(),
  }
}

export function meOf(user: User): Me {
  const { email, platformRole, settings } = user
  const emailVerified = user.emailVerifiedAt != null
  return { ...profileOf(user), email: email ?? null, emailVerified, platformRole, settings }
}
