/** Making people: an account, a guest, or a guest that becomes an account and keeps its id. */
import { UniqueConstraintViolationException } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { World } from '@odeon/rooms/ports'
import { problem } from '@odeon/rooms/protocol'
import { Refused } from '../platform/http/refusal.ts'
import { type User, UserEntity } from './entities.ts'
import type { Passwords } from './passwords.ts'

export interface RegisterDeps {
  em: () => EntityManager
  world: World
  passwords: Passwords
}

export interface Registration {
  username: string
  email: string
  password: string
}
export type RegisterRefusal = Refused<
  'username_taken' | 'email_taken' | 'already_registered' | 'busy'
>

/** `guestId` names the guest that becomes the account. */
export async function register(
  deps: RegisterDeps,
  { username, email, password }: Registration,
  guestId?: string,
): Promise<User | RegisterRefusal> {
  const { em } = deps
  const taken = await em().findOne(UserEntity, { $or: [{ username }, { email }] })
  if (taken) return takenBy(taken.username === username ? 'username' : 'email')
  const passwordHash = await deps.passwords.hash(password)
  if (passwordHash instanceof Refused) return passwordHash
  const account = { kind: 'account', username, name: username, email, passwordHash } as const
  try {
    if (guestId === undefined) return await create(deps, account)
    const guest = { id: guestId, kind: 'guest', suspendedAt: null } as const
    const changed = await em().nativeUpdate(UserEntity, guest, account)
    if (changed === 0) return new Refused('already_registered')
    return await em().findOneOrFail(UserEntity, guestId)
  } catch (error) {
    // Somebody took it between the look and the write.
    if (!(error instanceof UniqueConstraintViolationException)) throw error
    return takenBy(error.message.includes('users_email_unique') ? 'email' : 'username')
  }
}

export function makeGuest(deps: RegisterDeps, name?: string): Promise<User> {
  return create(deps, { kind: 'guest', name: name ?? guestName(deps.world) })
}

/** For somebody who gives none. */
export function guestName({ random }: Pick<World, 'random'>): string {
  return `Guest ${1_000 + Math.floor(random() * 9_000)}`
}

type Given = Pick<User, 'kind' | 'name'> &
  Partial<Pick<User, 'username' | 'email' | 'passwordHash'>>

async function create({ em, world }: RegisterDeps, given: Given): Promise<User> {
  const own = em()
  const user = own.create(UserEntity, {
    username: null,
    email: null,
    passwordHash: null,
    ...given,
    id: world.newId(),
    about: '',
    settings: {},
    platformRole: 'user',
    emailVerifiedAt: null,
    suspendedAt: null,
    createdAt: new Date(world.now()),
  })
  await own.flush()
  return user
}

function takenBy(what: 'username' | 'email') {
  return what === 'username'
    ? new Refused('username_taken', { fields: { username: problem('taken') } })
    : new Refused('email_taken', { fields: { email: problem('taken') } })
}
