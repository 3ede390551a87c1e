/** What an administrator changes of an account, with its record, in somebody's transaction. */
import type { World } from '@odeon/rooms/ports'
import { recordAction } from '../moderation/record-action.ts'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { User } from './entities.ts'

export interface AccountChange {
  platformRole?: User['platformRole'] | undefined
  suspended?: boolean | undefined
  /** For the record, and nobody else. */
  reason?: string | undefined
}

export type ChangeRefusal =
  | 'not_found'
  | 'not_yourself'
  | 'accounts_only'
  | 'email_not_allowed'
  | 'email_not_verified'

interface Changing {
  adminId: string
  userId: string
  change: AccountChange
}

interface ChangeDeps {
  world: Pick<World, 'now' | 'newId'>
  /** Whether the allow-list of administrators has this address, or there is none. */
  isListed: (user: { email: string | null }) => boolean
}

interface Row {
  name: string
  kind: User['kind']
  email: string | null
  platform_role: User['platformRole']
  is_verified: boolean
  is_suspended: boolean
}

type State = { platformRole: User['platformRole']; suspended: boolean }

/** What it changed; nothing of it where all was so already. */
export async function changeAccount(
  sql: Sql,
  deps: ChangeDeps,
  { adminId, userId, change }: Changing,
): Promise<{ was: State; is: State } | Refused<ChangeRefusal>> {
  // So that there is always an administrator left.
  if (adminId === userId) return new Refused('not_yourself')
  const [user] = await sql<Row>`
    select name, kind, email, platform_role, email_verified_at is not null as is_verified,
      suspended_at is not null as is_suspended
    from users where id = ${userId} for update`
  if (!user) return new Refused('not_found')
  const refusal = mayNot(user, change, deps)
  if (refusal) return new Refused(refusal)
  const was = { platformRole: user.platform_role, suspended: user.is_suspended }
  const is = {
    platformRole: change.platformRole ?? was.platformRole,
    suspended: change.suspended ?? was.suspended,
  }
  const at = new Date(deps.world.now())
  await sql`
    update users set platform_role = ${is.platformRole},
      suspended_at = case when ${is.suspended}::boolean then coalesce(suspended_at, ${at}) end
    where id = ${userId}`
  const target = { id: userId, name: user.name }
  await record(sql, deps, { adminId, target, was, is, reason: change.reason ?? null })
  return { was, is }
}

function mayNot(
  user: Row,
  { platformRole }: AccountChange,
  { isListed }: ChangeDeps,
): ChangeRefusal | undefined {
  if (platformRole === undefined) return undefined
  if (user.kind === 'guest') return 'accounts_only'
  if (platformRole !== 'admin') return undefined
  if (!isListed(user)) return 'email_not_allowed'
  return user.is_verified ? undefined : 'email_not_verified'
}

interface Changed {
  adminId: string
  target: { id: string; name: string }
  was: State
  is: State
  reason: string | null
}

/** One record for each thing that is other than before (ADM-03). */
async function record(
  sql: Sql,
  { world }: ChangeDeps,
  { adminId, target, was, is, reason }: Changed,
): Promise<void> {
  const [admin] = await sql<{ name: string }>`select name from users where id = ${adminId}`
  const by = { id: adminId, name: admin?.name ?? '', role: 'admin' } as const
  const kinds: string[] = []
  if (is.platformRole !== was.platformRole) kinds.push('platform_role')
  if (is.suspended !== was.suspended) kinds.push(is.suspended ? 'suspend' : 'unsuspend')
  for (const kind of kinds) {
    const at = world.now()
    const details = { was, is }
    await recordAction(sql, { id: world.newId(), at, kind, by, target, reason, details })
  }
}
