/** The audit log: one row for each action, written with what it does and never changed. */
import type { Person } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'

/** Who acted: a relation to the channel, an administrator, or the house by itself. */
export type ActorRole = Person['role'] | 'staff' | 'admin' | 'house'

export interface ActionRecord {
  id: string
  /** Unix ms. */
  at: number
  kind: string
  by: { id: string | null; name: string; role: ActorRole }
  channelId?: string | null
  streamId?: string | null
  target?: { id: string | null; name: string } | null
  reason?: string | null
  sanctionId?: string | null
  undoes?: string | null
  undoUntil?: number | null
  lines?: readonly { id: string; userId: string; text: string }[]
  details?: object
}

/** How a record names somebody at the desk; administrators by what they are. */
export function actorRoleOf(
  relation: Exclude<ActorRole, 'admin' | 'house'>,
  { platformRole }: { platformRole: string },
): ActorRole {
  return relation === 'staff' && platformRole === 'admin' ? 'admin' : relation
}

export const theHouse = { id: null, name: 'Odeon', role: 'house' } as const

/** Call it in the transaction of the change itself. */
export async function recordAction(sql: Sql, action: ActionRecord): Promise<void> {
  const { by, target = null, undoUntil = null } = action
  const lines = (action.lines ?? []).slice(0, houseLimits.linesMax).map(({ id, userId, text }) => ({
    id,
    userId,
    text: text.slice(0, houseLimits.lineCharsMax).toWellFormed(),
  }))
  await sql`
    insert into moderation_actions (id, at, kind, channel_id, stream_id, by_id, by_name, by_role,
      target_id, target_name, reason, sanction_id, undoes, undo_until, lines, details)
    values (${action.id}, ${new Date(action.at)}, ${action.kind}, ${action.channelId ?? null},
      ${action.streamId ?? null}, ${by.id}, ${by.name}, ${by.role}, ${target?.id ?? null},
      ${target?.name ?? null}, ${action.reason ?? null}, ${action.sanctionId ?? null},
      ${action.undoes ?? null}, ${undoUntil === null ? null : new Date(undoUntil)},
      ${JSON.stringify(lines)}, ${storable(action.details ?? {})})`
}

function storable(details: object): string {
  const json = JSON.stringify(details)
  if (json.length > houseLimits.detailsCharsMax) throw new Error('the details are too long')
  return json
}
