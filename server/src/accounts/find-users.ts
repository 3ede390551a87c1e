/** Reads people by id, many in one statement that is planned once. */
import type { Sql } from '../platform/database.ts'
import type { User } from './entities.ts'

type Time = number | null

type Row = Omit<User, 'passwordHash' | 'createdAt' | 'suspendedAt' | 'emailVerifiedAt'> & {
  createdAt: number
  suspendedAt: Time
  emailVerifiedAt: Time
}

/** In the order of the ids, null where nobody has it; without what proves who they are. */
export async function findUsers(prepared: Sql, ids: string[]): Promise<(User | null)[]> {
  const rows = await prepared<Row>`
    select id, kind, username, name, email, about, settings, platform_role as "platformRole",
      (extract(epoch from created_at) * 1000)::float8 as "createdAt",
      (extract(epoch from suspended_at) * 1000)::float8 as "suspendedAt",
      (extract(epoch from email_verified_at) * 1000)::float8 as "emailVerifiedAt"
    from users where id = any(${ids}::uuid[])`
  const byId = new Map(rows.map((row) => [row.id, userOf(row)]))
  return ids.map((id) => byId.get(id) ?? null)
}

const userOf = (row: Row): User => ({
  ...(row as unknown as User),
  createdAt: new Date(row.createdAt),
  suspendedAt: dateOf(row.suspendedAt),
  emailVerifiedAt: dateOf(row.emailVerifiedAt),
})

const dateOf = (ms: Time): Date | null => (ms === null ? null : new Date(ms))
