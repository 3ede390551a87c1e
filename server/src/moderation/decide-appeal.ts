/**
 * Deciding an appeal, by somebody else than who decided first where there is somebody else, and
 * taking that back within minutes. What follows from either is written in one transaction.
 */
import { moderationLimits } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import { within } from '../platform/within.ts'
import { isSomebodyElse, mayJudge } from './appeals.ts'
import { relationTo } from './authority.ts'
import { liftFor, mailUpheld, standFor } from './follow-appeal.ts'
import { leaveNotice } from './leave-notice.ts'
import { houseLimits } from './limits.ts'
import { type KnownSanction, selectSanctions } from './read-sanctions.ts'
import { type ActorRole, actorRoleOf, recordAction } from './record-action.ts'
import { type DecideDeps, Stop } from './take-measure.ts'
import { refreshRooms } from './tell-concerned.ts'

type Refusal = 'not_found' | 'not_allowed' | 'already_decided' | 'own_decision' | 'not_possible'
export type AppealRefusal = Exclude<Refusal, 'not_possible'>
export type ReopenRefusal = Exclude<Refusal, 'already_decided'>

interface Asked {
  appealId: string
  by: SignedIn
}
type Decided = Asked & { decision: 'uphold' | 'lift'; note: string | null }

/** An appeal, held until the transaction ends, and what it is against. */
interface Held {
  one: KnownSanction
  status: 'open' | 'upheld' | 'lifted'
  /** As PostgreSQL writes it. */
  decidedAt: string | null
  role: ActorRole
}

type Outcome = { one: KnownSanction; pending: string[] }

export async function decideAppeal(
  deps: DecideDeps,
  asked: Decided,
): Promise<true | Refused<AppealRefusal>> {
  return await settled<AppealRefusal>(deps, (sql) => commit(sql, deps, asked))
}

/** It waits again; what was lifted with it stands again. */
export async function reopenAppeal(
  deps: DecideDeps,
  asked: Asked,
): Promise<true | Refused<ReopenRefusal>> {
  return await settled<ReopenRefusal>(deps, (sql) => commitReopening(sql, deps, asked))
}

async function settled<Code extends string>(
  deps: DecideDeps,
  work: (sql: Sql) => Promise<Outcome>,
): Promise<true | Refused<Code>> {
  try {
    const { one, pending } = await deps.database.transaction(work)
    refreshRooms(deps, one.view.person.id, { channelId: one.channelId })
    await within(houseLimits.effectWaitMs, deps.effects.carryOut(pending))
    return true
  } catch (error) {
    if (error instanceof Stop) return new Refused(error.code as Code)
    throw error
  }
}

const stop = (code: Refusal): never => {
  throw new Stop<Refusal>(code)
}

/** Whoever may not decide about it learns nothing of it. */
async function hold(sql: Sql, { appealId, by }: Asked, now: number): Promise<Held> {
  const [appeal] = await sql<{
    sanction_id: string
    status: Held['status']
    decided_at: string | null
  }>`select sanction_id, status, decided_at from appeals where id = ${appealId} for update`
  if (!appeal) return stop('not_found')
  const [one] = await selectSanctions(sql, { id: appeal.sanction_id, now, limit: 1 })
  if (!one || one.view.person.id === by.userId) return stop('not_found')
  const relation = await relationTo(sql, one.channelId, by)
  if (relation === 'viewer') return stop('not_found')
  if (!mayJudge(one.view.kind, by)) return stop('not_allowed')
  const { status, decided_at: decidedAt } = appeal
  return { one, status, decidedAt, role: actorRoleOf(relation, by) }
}

async function refuseOwn(sql: Sql, { one }: Held, by: SignedIn): Promise<void> {
  if (one.byId === by.userId && (await isSomebodyElse(sql, one, by))) stop('own_decision')
}

async function commit(sql: Sql, deps: DecideDeps, asked: Decided): Promise<Outcome> {
  const { by, decision, note } = asked
  const at = deps.world.now()
  const held = await hold(sql, asked, at)
  if (held.status !== 'open') return stop('already_decided')
  await refuseOwn(sql, held, by)
  const { one } = held
  const isLifted = decision === 'lift'
  await sql`
    update appeals set status = ${isLifted ? 'lifted' : 'upheld'}, decided_by = ${by.userId},
      decided_at = ${new Date(at)}, note = ${note}
    where id = ${asked.appealId}`
  const followed = isLifted ? await liftFor(sql, deps, { one, by, at }) : []
  await record(sql, deps, {
    ...asked,
    held,
    at,
    note,
    kind: `appeal_${isLifted ? 'lifted' : 'upheld'}`,
  })
  const { view, channelId } = one
  const facts = {
    kind: 'appeal_decided',
    text: note,
    path: `/appeals/${view.id}`,
    sanctionId: view.id,
    until: isLifted ? null : view.until,
  } as const
  const told = await leaveNotice(sql, deps.world, { to: [view.person.id], channelId, facts })
  const mailed = isLifted ? [] : await mailUpheld(sql, deps, { one, at })
  return { one, pending: [...followed, ...told, ...mailed] }
}

async function commitReopening(sql: Sql, deps: DecideDeps, asked: Asked): Promise<Outcome> {
  const at = deps.world.now()
  const held = await hold(sql, asked, at)
  const { one, status, decidedAt } = held
  const isLate = decidedAt === null || at > Date.parse(decidedAt) + moderationLimits.undoForMs
  if (status === 'open' || isLate) return stop('not_possible')
  await refuseOwn(sql, held, asked.by)
  const pending =
    status === 'lifted'
      ? await standFor(sql, deps, { one, by: asked.by, at, liftedAt: decidedAt })
      : []
  await sql`
    update appeals set status = 'open', decided_by = null, decided_at = null, note = null
    where id = ${asked.appealId}`
  await record(sql, deps, { ...asked, held, at, note: null, kind: 'appeal_reopened' })
  return { one, pending }
}

async function record(
  sql: Sql,
  { world }: DecideDeps,
  of: Asked & { held: Held; at: number; note: string | null; kind: string },
): Promise<void> {
  const { held, by, at, kind, note: reason, appealId } = of
  const { view, channelId } = held.one
  await recordAction(sql, {
    id: world.newId(),
    at,
    kind,
    by: { id: by.userId, name: by.name, role: held.role },
    channelId,
    target: view.person,
    reason,
    sanctionId: view.id,
    details: { appealId },
  })
}
