/**
 * Deciding a flag: the measure is recorded and every flag about the same thing settled with it in
 * one transaction; what reaches outside it is carried out after the commit, whatever happens
 * between. Of two who decide at once the second hears so.
 */
import { liveRoomId } from '@odeon/rooms'
import type { Sql } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { within } from '../platform/within.ts'
import { isStaff, relationTo } from './authority.ts'
import { leaveNotice } from './leave-notice.ts'
import { type FlagRow, type Judged, settleFlags } from './judged-flag.ts'
import { houseLimits } from './limits.ts'
import { actorRoleOf, recordAction } from './record-action.ts'
import { lift } from './sanctions.ts'
import {
  type DecideDeps,
  type DecideRefusal,
  type Deciding,
  type Done,
  lineOf,
  mayNot,
  Stop,
  takeMeasure,
} from './take-measure.ts'
import { refreshRooms } from './tell-concerned.ts'
import { tellRooms } from './tell-of-action.ts'

type Outcome = Judged & Done & { lifted: string | null }

export async function decideFlag(
  deps: DecideDeps,
  asked: Deciding,
): Promise<true | Refused<DecideRefusal>> {
  try {
    const outcome = await deps.database.transaction((sql) => commit(sql, deps, asked))
    tell(deps, outcome)
    await within(houseLimits.effectWaitMs, deps.effects.carryOut(outcome.pending))
    return true
  } catch (error) {
    if (error instanceof Stop) return new Refused(error.code as DecideRefusal)
    throw error
  }
}

async function commit(sql: Sql, deps: DecideDeps, asked: Deciding): Promise<Outcome> {
  const [flag] = await sql<FlagRow>`
    select id, type, target_id, subject_id, channel_id, stream_id, reason, excerpt, status,
      sanction_id
    from flags where id = ${asked.flagId} for update`
  if (!flag) throw new Stop('not_found')
  const relation = await relationTo(sql, flag.channel_id, asked.by)
  // What is about oneself, or about nobody's channel of one's own, is not there.
  if (relation === 'viewer' || flag.subject_id === asked.by.userId) throw new Stop('not_found')
  if (flag.status === 'resolved') throw new Stop('already_decided')
  if (asked.status === 'reviewed' && flag.status === 'reviewed') throw new Stop('already_decided')
  const reason = mayNot(asked, flag, relation)
  if (reason) throw new Stop(reason)
  const at = deps.world.now()
  const id = deps.world.newId()
  const {
    taken,
    pending,
    decisionId = null,
  } = await takeMeasure(sql, deps, { id, at, flag, asked })
  const lifted = await liftIfCleared(sql, { flag, asked, at })
  const role = actorRoleOf(relation, asked.by)
  await recordAction(sql, {
    id: deps.world.newId(),
    at,
    kind: asked.status === 'reviewed' ? 'flag_reviewed' : 'flag_resolved',
    by: { id: asked.by.userId, name: asked.by.name, role },
    channelId: flag.channel_id,
    streamId: flag.stream_id,
    target: flag.subject_id ? await nameOf(sql, flag.subject_id) : null,
    reason: asked.note ?? null,
    sanctionId: taken?.sanction?.id ?? decisionId ?? lifted,
    lines: flag.type === 'message' && flag.excerpt ? [lineOf(flag, flag.excerpt)] : [],
    details: { flagId: flag.id, type: flag.type, measure: asked.action },
  })
  const judged = await settleFlags(sql, { flag, asked, at, taken })
  const told = await leaveNotices(sql, deps, { asked, lifted, ...judged })
  return { ...judged, taken, pending: [...pending, ...told], lifted }
}

/** Whom the house had muted, and who reported; whom a measure is about is told with it. */
async function leaveNotices(
  sql: Sql,
  { world }: DecideDeps,
  { flag, asked, lifted, reporters }: Judged & { asked: Deciding; lifted: string | null },
): Promise<string[]> {
  const left: string[] = []
  if (lifted && flag.subject_id) {
    const facts = { kind: 'sanction_lifted', sanctionId: lifted } as const
    const telling = { to: [flag.subject_id], channelId: null, facts }
    left.push(...(await leaveNotice(sql, world, telling)))
  }
  if (asked.status === 'resolved') {
    const facts = { kind: 'report_resolved', text: asked.action, path: null } as const
    const telling = { to: reporters, channelId: flag.channel_id, facts }
    left.push(...(await leaveNotice(sql, world, telling)))
  }
  return left
}

/** A mute the house imposed ends when somebody found nothing wrong with the line. */
async function liftIfCleared(
  sql: Sql,
  { flag, asked, at }: { flag: FlagRow; asked: Deciding; at: number },
): Promise<string | null> {
  const cleared = asked.status === 'resolved' && asked.action === 'none'
  if (!cleared || !flag.sanction_id || !isStaff(asked.by)) return null
  const sanctionId = flag.sanction_id
  return (await lift(sql, { sanctionId, by: asked.by.userId, at })) ? sanctionId : null
}

async function nameOf(sql: Sql, id: string): Promise<{ id: string; name: string }> {
  const [person] = await sql<{ name: string }>`select name from users where id = ${id}`
  return { id, name: person?.name ?? '' }
}

function tell(deps: DecideDeps, { flag, taken, lifted }: Outcome): void {
  if (taken) tellRooms(deps, taken, null)
  if (taken?.action.kind === 'delete' && flag.stream_id) {
    deps.openRooms.byId(liveRoomId(flag.stream_id))?.removeLines?.([flag.target_id])
  }
  if (lifted && flag.subject_id) refreshRooms(deps, flag.subject_id, { channelId: null })
}
