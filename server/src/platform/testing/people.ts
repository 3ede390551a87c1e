/** People for tests that need somebody to be there, without signing anybody up. */
import type { Identity } from '@odeon/rooms/ports'
import { v7 } from 'uuid'
import type { Database } from '../database.ts'

export interface Person extends Identity {
  username: string
}

export async function addPerson(
  { sql }: Pick<Database, 'sql'>,
  username: string,
  more: { platformRole?: Identity['platformRole']; isSuspended?: boolean } = {},
): Promise<Person> {
  const { platformRole = 'user', isSuspended = false } = more
  const userId = v7()
  const now = new Date()
  await sql`
    insert into users (id, kind, username, name, platform_role, suspended_at, created_at)
    values (${userId}, 'account', ${username}, ${username}, ${platformRole},
      ${isSuspended ? now : null}, ${now})`
  return { userId, username, name: username, kind: 'account', platformRole }
}

export async function addGuest({ sql }: Pick<Database, 'sql'>, name: string): Promise<Identity> {
  const userId = v7()
  await sql`
    insert into users (id, kind, name, created_at)
    values (${userId}, 'guest', ${name}, ${new Date()})`
  return { userId, name, kind: 'guest', platformRole: 'user' }
}

export async function block({ sql }: Pick<Database, 'sql'>, blocker: Identity, blocked: Identity) {
  await sql`
    insert into blocks (blocker_id, blocked_id, created_at)
    values (${blocker.userId}, ${blocked.userId}, ${new Date()})`
}
