/**
 * Takes a decision about a flag back within minutes, in one transaction: what it did is undone, the
 * flag and all that were settled with it wait again.
 */
import { moderationLimits } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import { within } from '../platform/within.ts'
import { relationTo } from './authority.ts'
import type { FlagRow } from './judged-flag.ts'
import { leaveNotice, sanctionNotice } from './leave-notice.ts'
import { houseLimits } from './limits.ts'
import type { Measure } from './protocol.ts'
import type { Relation } from './rank.ts'
import { actorRoleOf, recordAction } from './record-action.ts'
import {
  holdPerson,
  type SanctionRow,
  sanctionOf,
  standAgain,
  standingDecision,
} from './sanctions.ts'
import { type DecideDeps, Stop } from './take-measure.ts'
import { refreshRooms } from './tell-concerned.ts'
import { commitUndo, tellOfUndo, type UndoAsked, type Undone } from './undo-action.ts'

export type ReopenRefusal = 'not_found' | 'not_possible' | 'outranked'

type Row = FlagRow & { measure: Measure | null; action_id: string | null; decided_at: string }
interface Reopening {
  flag: Row
  by: SignedIn
  at: number
}
/** `stands` is the sanction that was lifted with the decision and stands again. */
type Taken = {
  stands?: SanctionRow
  undone?: { asked: UndoAsked; outcome: Undone }
  pending: string[]
}

export async function reopenFlag(
  deps: DecideDeps,
  asked: { flagId: string; by: SignedIn },
): Promise<true | Refused<ReopenRefusal>> {
  try {
    const { undone, stands, pending } = await deps.database.transaction((sql) =>
      commit(sql, deps, asked),
    )
    if (undone) tellOfUndo(deps, undone.asked, undone.outcome)
    if (stands) {
      const { user_id: userId, channel_id: channelId } = stands
      refreshRooms(deps, userId, { channelId })
    }
    await within(houseLimits.effectWaitMs, deps.effects.carryOut(pending))
    return true
  } catch (error) {
    if (error instanceof Stop) return new Refused(error.code as ReopenRefusal)
    // The room that did it undid it at the same moment.
    if (isDuplicate(error)) return new Refused('not_possible')
    throw error
  }
}

async function commit(
  sql: Sql,
  deps: DecideDeps,
  { flagId, by }: { flagId: string; by: SignedIn },
): Promise<Taken> {
  const at = deps.world.now()
  const [flag] = await sql<Row>`
    select id, type, target_id, subject_id, channel_id, stream_id, reason, excerpt, status,
      sanction_id,
      measure, action_id, decided_at
    from flags where id = ${flagId} for update`
  if (!flag || flag.subject_id === by.userId) throw new Stop<ReopenRefusal>('not_found')
  const relation = await relationTo(sql, flag.channel_id, by)
  if (relation === 'viewer') throw new Stop<ReopenRefusal>('not_found')
  const isLate = at > Date.parse(flag.decided_at) + moderationLimits.undoForMs
  // A stream that was ended does not begin again, and a warning was read.
  if (flag.status !== 'resolved' || isLate || flag.measure === 'end_stream') {
    throw new Stop<ReopenRefusal>('not_possible')
  }
  const taken = await takeBack(sql, deps, { flag, by, at })
  await waitAgain(sql, deps, { flag, by, at, relation })
  return taken
}

async function takeBack(sql: Sql, deps: DecideDeps, reopening: Reopening): Promise<Taken> {
  const { flag, by, at } = reopening
  if (flag.measure === 'suspend') return await unsuspend(sql, deps, reopening)
  if (flag.measure === 'none') return await muteAgain(sql, deps, reopening)
  if (!flag.action_id || flag.measure === 'warn') return { pending: [] }
  const [action] = await sql<{ channel_id: string | null }>`
    select channel_id from moderation_actions where id = ${flag.action_id}`
  const asked: UndoAsked = {
    actionId: flag.action_id,
    channelId: action?.channel_id ?? null,
    streamId: null,
    by: { id: by.userId, name: by.name, role: 'moderator' },
  }
  const outcome = await commitUndo(sql, deps.world, { id: deps.world.newId(), at, asked })
  if (!('refused' in outcome)) return { undone: { asked, outcome }, pending: [] }
  throw new Stop<ReopenRefusal>(outcome.refused === 'outranked' ? 'outranked' : 'not_possible')
}

/** Clearing an automatic flag lifted the mute that came with it. */
async function muteAgain(sql: Sql, { world }: DecideDeps, { flag, at }: Reopening): Promise<Taken> {
  const { sanction_id: sanctionId, subject_id: userId, decided_at: liftedAt } = flag
  if (sanctionId === null || userId === null) return { pending: [] }
  await holdPerson(sql, userId)
  if (!(await standAgain(sql, { sanctionId, liftedAt, at }))) return { pending: [] }
  const stands = await standingDecision(sql, { channelId: null, userId, at })
  if (!stands) return { pending: [] }
  const facts = sanctionNotice(sanctionOf(stands))
  return {
    stands,
    pending: await leaveNotice(sql, world, { to: [userId], channelId: null, facts }),
  }
}

async function unsuspend(
  sql: Sql,
  { administration }: DecideDeps,
  { flag: { subject_id: userId }, by }: Reopening,
): Promise<Taken> {
  if (by.platformRole !== 'admin') throw new Stop<ReopenRefusal>('outranked')
  // The account is gone, and with it what was decided about it.
  if (userId === null) return { pending: [] }
  const changed = await administration.changeIn(sql, by.userId, userId, { suspended: false })
  if (changed instanceof Refused) throw new Stop<ReopenRefusal>('not_possible')
  return { pending: changed.pending }
}

async function waitAgain(
  sql: Sql,
  { world }: DecideDeps,
  { flag, by, at, relation }: Reopening & { relation: Exclude<Relation, 'viewer'> },
): Promise<void> {
  await sql`
    update flags set status = 'pending', measure = null, action = 'none', action_id = null,
      decided_by = null, decided_at = null, note = null
    where status = 'resolved' and type = ${flag.type} and target_id = ${flag.target_id}
      and decided_at = ${flag.decided_at}`
  await recordAction(sql, {
    id: world.newId(),
    at,
    kind: 'flag_reopened',
    by: { id: by.userId, name: by.name, role: actorRoleOf(relation, by) },
    channelId: flag.channel_id,
    streamId: flag.stream_id,
    target: flag.subject_id ? { id: flag.subject_id, name: '' } : null,
    details: { flagId: flag.id, measure: flag.measure },
  })
}
