/** What each kind of action does besides being recorded, inside its transaction. */
import { liveRoomId } from '@odeon/rooms'
import {
  type ActionKind,
  type ModerationRefusalCode,
  moderationLimits,
} from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import { houseLimits } from './limits.ts'
import type { Party } from './parties.ts'
import { leaveEffect } from './pending-effects.ts'
import { type Redaction, redactLines, redactStep } from './redact-archive.ts'
import { holdPerson, impose, lift, type SanctionRow, standingDecision } from './sanctions.ts'
import type { Taking } from './take-action.ts'

/** What it caused, or why it may not be. */
interface Caused {
  sanction?: SanctionRow
  refused?: ModerationRefusalCode
  /** The id of what is left to carry out after the commit. */
  pending?: string
}

export type Effect = (sql: Sql, taking: Taking) => Promise<Caused | void>

export const effects: Partial<Record<ActionKind, Effect>> = {
  timeout: (sql, taking) => sanction(sql, taking, 'timeout'),
  ban: (sql, taking) => sanction(sql, taking, 'ban'),
  untimeout: (sql, taking) => unsanction(sql, taking, ['timeout']),
  unban: (sql, taking) => unsanction(sql, taking, ['timeout', 'ban']),
  grant,
  revoke,
  purge,
  async delete(sql, { id, at, action }) {
    if (!action.streamId) return
    const ids = (action.lines ?? []).map((line) => line.id)
    await redactLines(sql, { actionId: id, at, roomId: liveRoomId(action.streamId), ids })
  },
  async clear(sql, { id, at, action }) {
    if (!action.streamId) return
    return await takeOut(sql, { actionId: id, at, of: { roomId: liveRoomId(action.streamId) } })
  },
}

/** What takes somebody out of the conversation also takes out what they said, if it says so. */
export function purges({ action }: Pick<Taking, 'action'>): boolean {
  return action.kind === 'purge' || action.details?.['purge'] === true
}

async function purge(sql: Sql, { id, at, action, target }: Taking): Promise<Caused> {
  const { channelId } = action
  if (!target || !channelId) return {}
  return await takeOut(sql, { actionId: id, at, of: { userId: target.id, channelId } })
}

/** The newest with the decision itself, what is older in steps after it. */
async function takeOut(sql: Sql, redaction: Redaction): Promise<Caused> {
  const { next } = await redactStep(sql, redaction, null)
  if (next === null) return {}
  // An action takes out once, so its id names the rest of it, too.
  const { actionId: id, at } = redaction
  return { pending: await leaveEffect(sql, { id, at }, { kind: 'redact', ...redaction, next }) }
}

async function sanction(sql: Sql, taking: Taking, kind: 'timeout' | 'ban') {
  const { action, actor, target, at } = taking
  if (!target) return { refused: 'no_such_person' } as const
  const { channelId, streamId, reason } = action
  await holdPerson(sql, target.id)
  const standing = await standingDecision(sql, { channelId, userId: target.id, at })
  if (standing?.kind === 'ban') return { refused: 'already_so' } as const
  const made = await impose(sql, {
    id: taking.id,
    channelId,
    streamId,
    userId: target.id,
    kind,
    until: kind === 'ban' ? (action.until ?? null) : timeoutEnd(action.until, at),
    reason,
    by: { id: actor.id, role: actor.relation === 'viewer' ? 'moderator' : actor.relation },
    at,
  })
  return { sanction: made, ...(purges(taking) && (await purge(sql, taking))) }
}

/** Inside the bounds, whatever was asked. */
function timeoutEnd(until: number | null | undefined, at: number): number {
  const { timeoutSecondsMin, timeoutSecondsMax, timeoutSecondsUsual } = moderationLimits
  const forMs = (until ?? at + timeoutSecondsUsual * 1_000) - at
  return at + Math.min(Math.max(forMs, timeoutSecondsMin * 1_000), timeoutSecondsMax * 1_000)
}

async function unsanction(sql: Sql, { action, actor, target, at }: Taking, kinds: string[]) {
  if (!target) return { refused: 'no_such_person' } as const
  await holdPerson(sql, target.id)
  const userId = target.id
  const here = await standingDecision(sql, { channelId: action.channelId, userId, at })
  const { channelId } = action
  const listed =
    kinds.includes('ban') && channelId
      ? await liftListed(sql, { channelId, userId, by: actor.id, at })
      : 0
  // What the house decided is for the house to take back.
  const standing =
    here ??
    (actor.relation === 'staff'
      ? await standingDecision(sql, { channelId: null, userId, at })
      : null)
  if (!standing || !kinds.includes(standing.kind)) {
    return listed > 0 ? {} : ({ refused: 'not_sanctioned' } as const)
  }
  await lift(sql, { sanctionId: standing.id, by: actor.id, at })
  return { sanction: standing }
}

async function liftListed(
  sql: Sql,
  of: { channelId: string; userId: string; by: string; at: number },
): Promise<number> {
  const lifted = await sql`
    update sanctions set lifted_at = ${new Date(of.at)}, lifted_by = ${of.by}
    where user_id = ${of.userId} and channel_id = ${of.channelId}
      and list_entry_id is not null and lifted_at is null returning id`
  return lifted.length
}

type CrewRole = 'moderator' | 'vip'

/** The role an action grants or takes back: `details.role`. */
export function grantedRole({ action }: Pick<Taking, 'action'>): CrewRole {
  const role = action.details?.['role']
  if (role !== 'moderator' && role !== 'vip') throw new Error('a grant names a role')
  return role
}

const has = (role: CrewRole, target: Party) =>
  role === 'moderator' ? target.isModerator : target.isVip

async function grant(sql: Sql, taking: Taking) {
  const { action, actor, target, at } = taking
  const role = grantedRole(taking)
  if (!target || !action.channelId) return { refused: 'no_such_person' } as const
  if (target.isGuest) return { refused: 'accounts_only' } as const
  // The channel's row keeps two who grant apart, so that the bound holds.
  await sql`select from channels where id = ${action.channelId} for no key update`
  if (has(role, target) || target.relation === 'host') return { refused: 'already_so' } as const
  if ((await countCrew(sql, action.channelId, role)) >= crewMax[role]) {
    return { refused: 'too_many' } as const
  }
  const values = [action.channelId, target.id, actor.id, new Date(at)] as const
  const added =
    role === 'moderator'
      ? await sql`
          insert into channel_moderators (channel_id, user_id, granted_by, granted_at)
          values (${values[0]}, ${values[1]}, ${values[2]}, ${values[3]})
          on conflict do nothing returning user_id`
      : await sql`
          insert into channel_vips (channel_id, user_id, granted_by, granted_at)
          values (${values[0]}, ${values[1]}, ${values[2]}, ${values[3]})
          on conflict do nothing returning user_id`
  return added.length === 0 ? ({ refused: 'already_so' } as const) : {}
}

const crewMax: Record<CrewRole, number> = {
  moderator: houseLimits.moderatorsMax,
  vip: houseLimits.vipsMax,
}

async function countCrew(sql: Sql, channelId: string, role: CrewRole): Promise<number> {
  const [row] =
    role === 'moderator'
      ? await sql<{ count: string }>`
          select count(*) from channel_moderators where channel_id = ${channelId}`
      : await sql<{ count: string }>`
          select count(*) from channel_vips where channel_id = ${channelId}`
  return Number(row?.count ?? 0)
}

async function revoke(sql: Sql, taking: Taking) {
  const { action, target } = taking
  if (!target) return { refused: 'no_such_person' } as const
  const { channelId } = action
  const gone =
    grantedRole(taking) === 'moderator'
      ? await sql`
          delete from channel_moderators
          where channel_id = ${channelId} and user_id = ${target.id} returning user_id`
      : await sql`
          delete from channel_vips
          where channel_id = ${channelId} and user_id = ${target.id} returning user_id`
  return gone.length === 0 ? ({ refused: 'already_so' } as const) : {}
}
