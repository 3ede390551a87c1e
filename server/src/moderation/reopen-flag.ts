/** Takes a decision about a flag back within minutes: what it did is undone, the flag waits. */
import { moderationLimits } from '@odeon/rooms/protocol'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import { relationTo } from './authority.ts'
import type { DecideDeps } from './decide-flag.ts'
import type { FlagRow } from './judged-flag.ts'
import type { Measure } from './protocol.ts'
import { actorRoleOf, recordAction } from './record-action.ts'
import { undoAction } from './undo-action.ts'

export type ReopenRefusal = 'not_found' | 'not_possible' | 'outranked'

type Row = FlagRow & { measure: Measure | null; action_id: string | null; decided_at: string }

export async function reopenFlag(
  deps: DecideDeps,
  { flagId, by }: { flagId: string; by: SignedIn },
): Promise<true | Refused<ReopenRefusal>> {
  const { sql } = deps.database
  const now = deps.world.now()
  const [flag] = await sql<Row>`
    select id, type, target_id, subject_id, channel_id, stream_id, excerpt, status, sanction_id,
      measure, action_id, decided_at
    from flags where id = ${flagId}`
  if (!flag || flag.subject_id === by.userId) return new Refused('not_found')
  const relation = await relationTo(sql, flag.channel_id, by)
  if (relation === 'viewer') return new Refused('not_found')
  const decidedAt = Date.parse(flag.decided_at)
  const isLate = now > decidedAt + moderationLimits.undoForMs
  // A stream that was ended does not begin again, and a warning was read.
  if (flag.status !== 'resolved' || isLate || flag.measure === 'end_stream') {
    return new Refused('not_possible')
  }
  const undone = await undo(deps, flag, by)
  if (undone instanceof Refused) return undone
  await deps.database.transaction(async (tx) => {
    await tx`
      update flags set status = 'pending', measure = null, action = 'none', action_id = null,
        decided_by = null, decided_at = null, note = null
      where status = 'resolved' and type = ${flag.type} and target_id = ${flag.target_id}
        and decided_at = ${flag.decided_at}`
    await recordAction(tx, {
      id: deps.world.newId(),
      at: now,
      kind: 'flag_reopened',
      by: { id: by.userId, name: by.name, role: actorRoleOf(relation, by) },
      channelId: flag.channel_id,
      streamId: flag.stream_id,
      target: flag.subject_id ? { id: flag.subject_id, name: '' } : null,
      details: { flagId: flag.id, measure: flag.measure },
    })
  })
  return true
}

async function undo(
  deps: DecideDeps,
  flag: Row,
  by: SignedIn,
): Promise<true | Refused<ReopenRefusal>> {
  if (flag.measure === 'suspend' && flag.subject_id) {
    if (by.platformRole !== 'admin') return new Refused('outranked')
    const outcome = await deps.suspend(by.userId, flag.subject_id, false, null)
    return outcome instanceof Refused ? new Refused('not_possible') : true
  }
  if (!flag.action_id || flag.measure === 'warn') return true
  const [action] = await deps.database.sql<{ channel_id: string | null }>`
    select channel_id from moderation_actions where id = ${flag.action_id}`
  const outcome = await undoAction(deps, {
    actionId: flag.action_id,
    channelId: action?.channel_id ?? null,
    streamId: null,
    by: { id: by.userId, name: by.name, role: 'moderator' },
  })
  if (!('refused' in outcome)) return true
  return new Refused(outcome.refused === 'outranked' ? 'outranked' : 'not_possible')
}
