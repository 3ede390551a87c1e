/** A guest and its first sign-in. Many who come at the same time are written in one statement. */
import type { EntityManager } from '@mikro-orm/postgresql'
import type { World } from '@odeon/rooms/ports'
import { gather, together } from '../platform/gather.ts'
import type { User } from './entities.ts'
import { accountLimits } from './protocol.ts'
import { hashToken, newToken } from './refresh-tokens.ts'
import { guestName } from './register.ts'
import type { Opened } from './sessions.ts'

export interface NewGuest {
  name: string | undefined
  userAgent: string
}

export interface OpenedGuest extends Opened {
  user: User
}

export type OpenGuest = (guest: NewGuest) => Promise<OpenedGuest>

export function guestOpener(deps: { em: () => EntityManager; world: World }): OpenGuest {
  return gather((guests: NewGuest[]) => openGuests(deps, guests), together)
}

async function openGuests(
  { em, world }: { em: () => EntityManager; world: World },
  guests: NewGuest[],
): Promise<OpenedGuest[]> {
  const now = world.now()
  const opened = guests.map(({ name }): OpenedGuest => {
    const user = userOf(world.newId(), name ?? guestName(world), now)
    return { user, sid: world.newId(), refreshToken: newToken() }
  })
  const rows = opened.map(({ user, sid, refreshToken }, at) => ({
    id: user.id,
    name: user.name,
    sid,
    user_agent: guests[at]?.userAgent.slice(0, 255) ?? '',
    hash: hashToken(refreshToken),
  }))
  const at = new Date(now)
  await em().execute(
    `with given as (
        select * from jsonb_to_recordset(?::jsonb)
          as g (id uuid, name text, sid uuid, user_agent text, hash text)),
      made as (
        insert into users (id, kind, name, created_at) select id, 'guest', name, ? from given),
      opened as (
        insert into sessions (id, user_id, user_agent, created_at, last_used_at, expires_at)
        select sid, id, user_agent, ?, ?, ? from given)
      insert into refresh_tokens (hash, session_id, issued_at) select hash, sid, ? from given`,
    [JSON.stringify(rows), at, at, at, new Date(now + accountLimits.refreshMs), at],
  )
  return opened
}

function userOf(id: string, name: string, now: number): User {
  return {
    id,
    kind: 'guest',
    name,
    username: null,
    email: null,
    passwordHash: null,
    about: '',
    settings: {},
    platformRole: 'user',
    emailVerifiedAt: null,
    suspendedAt: null,
    createdAt: new Date(now),
  } as unknown as User
}
