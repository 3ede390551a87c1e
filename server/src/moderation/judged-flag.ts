/** What deciding leaves in the flags: the one that was decided and all that say the same. */
import type { Sql } from '../platform/database.ts'
import type { Decision, Measure } from './protocol.ts'
import type { Taken } from './take-action.ts'

export interface FlagRow {
  id: string
  type: 'user' | 'stream' | 'message' | 'content'
  target_id: string
  subject_id: string | null
  channel_id: string | null
  stream_id: string | null
  /** A code of the closed list, or the category of the scorer. */
  reason: string
  excerpt: string | null
  status: 'pending' | 'reviewed' | 'resolved'
  sanction_id: string | null
}

export interface Judged {
  flag: FlagRow
  /** Who is told what came of their report. */
  reporters: string[]
}

/** The closed list of AI-09; what is blocked counts as deleted (CONF-49). */
const flagActions: Record<Measure, string> = {
  none: 'none',
  warn: 'warn',
  delete: 'delete',
  timeout: 'ban',
  ban: 'ban',
  suspend: 'ban',
  end_stream: 'delete',
}

export async function settleFlags(
  sql: Sql,
  of: {
    flag: FlagRow
    asked: Decision & { by: { userId: string } }
    at: number
    taken: Taken | null
  },
): Promise<Judged> {
  const { flag, asked, taken } = of
  const isResolved = asked.status === 'resolved'
  const measure = isResolved ? asked.action : null
  const rows = await sql<{ reporter_id: string | null }>`
    update flags set status = ${asked.status}, measure = ${measure},
      action = case when ${isResolved} then ${flagActions[asked.action]} else action end,
      action_id = ${taken?.id ?? null}, decided_by = ${asked.by.userId},
      sanction_id = coalesce(${taken?.sanction?.id ?? null}::uuid, sanction_id),
      decided_at = ${new Date(of.at)}, note = ${asked.note ?? null}
    where status <> 'resolved' and (id = ${flag.id}
      or (${isResolved} and type = ${flag.type} and target_id = ${flag.target_id}))
    returning reporter_id`
  const reporters = rows.flatMap((row) => (row.reporter_id ? [row.reporter_id] : []))
  return { flag, reporters: [...new Set(reporters)] }
}
