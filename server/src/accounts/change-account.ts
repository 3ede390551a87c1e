/** What an administrator changes of an account, with its record, in somebody's transaction. */
import type { World } from '@odeon/rooms/ports'
import { endSuspension, keepSuspension, resumeSuspension } from '../moderation/account-decisions.ts'
import { leaveNotice } from '../moderation/leave-notice.ts'
import { leaveEffect } from '../moderation/pending-effects.ts'
import { recordAction } from '../moderation/record-action.ts'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { User } from './entities.ts'

export interface AccountChange {
  platformRole?: User['platformRole'] | undefined
  suspended?: boolean | undefined
  /** For the record, and of a suspension for whom it is about. */
  reason?: string | undefined
  /** Of an appeal that was decided: the person hears of that. */
  isAppeal?: boolean | undefined
  /** With `suspended`: the one that was lifted and stands again, with the appeal it had. */
  resumes?: string | undefined
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

interface Outcome {
  was: State
  is: State
  /** What began, was resumed or ended with it. */
  suspensionId: string | null
  /** What is to be carried out after the commit. */
  pending: string[]
}

type State = { platformRole: User['platformRole']; suspended: boolean }

/** What it changed; nothing of it where all was so already. */
export async function changeAccount(
  sql: Sql,
  deps: ChangeDeps,
  { adminId, userId, change }: Changing,
): Promise<Outcome | Refused<ChangeRefusal>> {
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
  const isOther = is.suspended !== was.suspended
  const suspensionId = isOther ? await decide(sql, deps, { adminId, userId, change, is }) : null
  await record(sql, deps, { adminId, target, was, is, suspensionId, reason: change.reason ?? null })
  const pending = isOther ? await leave(sql, deps, { userId, change, is, suspensionId }) : []
  return { was, is, suspensionId, pending }
}

/** The decision beside the account, which its person reads and may appeal against. */
async function decide(
  sql: Sql,
  { world }: ChangeDeps,
  { adminId: byId, userId, change, is }: Changing & { is: State },
): Promise<string | null> {
  const at = world.now()
  if (!is.suspended) return await endSuspension(sql, { userId, byId, at })
  const { reason = null, resumes: id } = change
  if (id !== undefined && (await resumeSuspension(sql, { id, userId }))) return id
  const suspension = { id: world.newId(), userId, reason: reason || null, byId, at }
  await keepSuspension(sql, suspension)
  return suspension.id
}

/** Sign-ins and rooms follow, and the person is told. */
async function leave(
  sql: Sql,
  { world }: ChangeDeps,
  of: { userId: string; change: AccountChange; is: State; suspensionId: string | null },
): Promise<string[]> {
  const { userId, change, is, suspensionId } = of
  const at = world.now()
  const account = { kind: 'account', userId } as const
  const pending = [await leaveEffect(sql, { id: world.newId(), at }, account)]
  if (suspensionId === null) return pending
  const says = is.suspended ? 'suspended' : 'restored'
  const letter = { kind: 'letter', userId, says, sanctionId: suspensionId, at } as const
  pending.push(await leaveEffect(sql, { id: world.newId(), at }, letter))
  if (is.suspended || change.isAppeal) return pending
  const facts = { kind: 'sanction_lifted', sanctionId: suspensionId } as const
  return [...pending, ...(await leaveNotice(sql, world, { to: [userId], channelId: null, facts }))]
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
  suspensionId: string | null
  reason: string | null
}

/** One record for each thing that is other than before (ADM-03). */
async function record(
  sql: Sql,
  { world }: ChangeDeps,
  { adminId, target, was, is, reason, suspensionId: sanctionId }: Changed,
): Promise<void> {
  const [admin] = await sql<{ name: string }>`select name from users where id = ${adminId}`
  const by = { id: adminId, name: admin?.name ?? '', role: 'admin' } as const
  const kinds: string[] = []
  if (is.platformRole !== was.platformRole) kinds.push('platform_role')
  if (is.suspended !== was.suspended) kinds.push(is.suspended ? 'suspend' : 'unsuspend')
  for (const kind of kinds) {
    const at = world.now()
    const details = { was, is }
    const about = kind === 'platform_role' ? {} : { sanctionId }
    await recordAction(sql, { id: world.newId(), at, kind, by, target, reason, details, ...about })
  }
}
