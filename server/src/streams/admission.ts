/** Who a person is in a stream's room, or why they may not enter; asked anew at each joining. */
import type { Admission, Identity } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'

interface Facts {
  host_id: string
  is_known: boolean
  is_suspended: boolean
  moderates: boolean
  is_blocked: boolean
}

/** In this order: no such stream, suspended, host, moderator of the platform, blocked, viewer. */
export async function admit(sql: Sql, streamId: string, identity: Identity): Promise<Admission> {
  const { userId } = identity
  const [facts] = await sql<Facts>`
    select s.host_id,
      u.id is not null as is_known,
      u.suspended_at is not null as is_suspended,
      coalesce(u.platform_role in ('moderator', 'admin'), false) as moderates,
      exists (select from blocks b where b.blocker_id = s.host_id and b.blocked_id = ${userId})
        as is_blocked
    from streams s left join users u on u.id = ${userId}
    where s.id = ${streamId}`
  if (!facts) return { refused: 'not_found' }
  // A token outlives its account by some minutes; the account is what counts.
  if (!facts.is_known || facts.is_suspended) return { refused: 'banned' }
  if (facts.host_id === userId) return { role: 'host' }
  if (facts.moderates) return { role: 'moderator' }
  if (facts.is_blocked) return { refused: 'blocked' }
  return { role: 'viewer' }
}
