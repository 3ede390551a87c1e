/** Flags without a reporter: lines the scorer found, for people to look at (AI-07, 12). */
import type { Moderation, TextVerdict } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import type { ModerationDeps } from './deps.ts'
import { houseLimits } from './limits.ts'

interface AutomaticFlag {
  id: string
  at: number
  lineId: string
  person: { id: string }
  channelId: string
  streamId: string
  text: string
  verdict: TextVerdict
  action: 'warn' | 'delete'
  sanctionId?: string
}

/** `Moderation.flag`: a line between the thresholds, once however often it is said to be one. */
export async function flagLine(
  { database, world }: ModerationDeps,
  line: Parameters<Moderation['flag']>[0],
): Promise<void> {
  const flag = { ...line, id: world.newId(), at: world.now(), action: 'warn' } as const
  await writeFlag(database.sql, flag)
}

export async function writeFlag(sql: Sql, flag: AutomaticFlag): Promise<void> {
  const { verdict } = flag
  const text = flag.text.slice(0, houseLimits.lineCharsMax).toWellFormed()
  await sql`
    insert into flags (id, created_at, is_automatic, type, target_id, subject_id, channel_id,
      stream_id, reason, excerpt, score, action, sanction_id)
    values (${flag.id}, ${new Date(flag.at)}, true, 'message', ${flag.lineId}, ${flag.person.id},
      ${flag.channelId}, ${flag.streamId}, ${verdict.category}, ${text},
      ${Math.min(1, Math.max(0, verdict.score))}, ${flag.action}, ${flag.sanctionId ?? null})
    on conflict do nothing`
}
