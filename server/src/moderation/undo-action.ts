/** `Moderation.undo`: takes an action of the last minutes back, once, with its own record. */
import { liveRoomId } from '@odeon/rooms'
import type { Moderation, StandingRemoval } from '@odeon/rooms/ports'
import type { ActionKind, ActionTaken, ModerationRefusalCode } from '@odeon/rooms/protocol'
import { validate as isUuid } from 'uuid'
import type { Sql } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import type { ModerationDeps } from './deps.ts'
import { leaveNotice } from './leave-notice.ts'
import { partyOf } from './parties.ts'
import { mayUndo, type Relation } from './rank.ts'
import { recordAction } from './record-action.ts'
import { callOffRedaction, leaveEffect } from './pending-effects.ts'
import { type RestoredLine, restoreStep } from './restore-archive.ts'
import { holdPerson, unimpose } from './sanctions.ts'
import { standingIn, standingRemovals } from './standing-removals.ts'
import { roleOf } from './take-action.ts'
import { refreshRooms, restoreInRooms } from './tell-concerned.ts'

interface Row {
  id: string
  kind: ActionKind
  by_id: string
  by_name: string
  by_role: Relation
  target_id: string | null
  target_name: string | null
  reason: string | null
  at: number
  sanction_id: string | null
}

export type UndoAsked = Omit<Parameters<Moderation['undo']>[0], 'channelId' | 'streamId'> & {
  channelId: string | null
  /** The room that undoes it applies that itself; null when none does. */
  streamId: string | null
}
export interface Undone {
  undone: ActionTaken
  action: ActionTaken
  sanctionId: string | null
  lines: RestoredLine[]
  /** What else takes lines out of the channel. */
  standing: StandingRemoval[]
  /** What is to be carried out after the commit. */
  pending: string[]
}

export async function undoAction(
  deps: ModerationDeps,
  asked: Parameters<Moderation['undo']>[0],
): ReturnType<Moderation['undo']> {
  const at = deps.world.now()
  const id = deps.world.newId()
  let outcome: Undone | { refused: ModerationRefusalCode }
  try {
    outcome = await deps.database.transaction((sql) =>
      commitUndo(sql, deps.world, { id, at, asked }),
    )
  } catch (error) {
    // Somebody undid it at the same moment; the index saw it.
    if (isDuplicate(error)) return { refused: 'no_such_action' }
    throw error
  }
  if ('refused' in outcome) return outcome
  tellOfUndo(deps, asked, outcome)
  const { undone, action } = outcome
  return { undone, action, standing: standingIn(asked.streamId, outcome.standing) }
}

const actingRoomOf = ({ streamId }: UndoAsked) => streamId && liveRoomId(streamId)

/** After the commit: the rest is carried out, and rooms are told. */
export function tellOfUndo(deps: ModerationDeps, asked: UndoAsked, outcome: Undone): void {
  const { undone, sanctionId, lines, pending } = outcome
  const { channelId } = asked
  const actingRoomId = actingRoomOf(asked)
  void deps.effects.carryOut(pending)
  restoreInRooms(deps, lines, actingRoomId)
  if (undone.target && sanctionId) {
    refreshRooms(deps, undone.target.id, { channelId, actingRoomId })
  }
}

/** Inside somebody else's transaction, too; whoever commits it then calls `tellOfUndo`. */
export async function commitUndo(
  sql: Sql,
  world: ModerationDeps['world'],
  { id, at, asked }: { id: string; at: number; asked: UndoAsked },
): Promise<Undone | { refused: ModerationRefusalCode }> {
  const { channelId, streamId, actionId, by } = asked
  if (!isUuid(actionId)) return { refused: 'no_such_action' }
  const actor = await partyOf(sql, channelId, by.id)
  const [row] = await sql<Row>`
    select a.id, a.kind, a.by_id, a.by_name, a.by_role, a.target_id, a.target_name, a.reason,
      floor(extract(epoch from a.at) * 1000)::float8 as at, a.sanction_id
    from moderation_actions a
    where a.id = ${actionId} and a.channel_id is not distinct from ${channelId}::uuid
      and a.undo_until > ${new Date(at)} and a.by_id is not null
      and not exists (select from moderation_actions u where u.undoes = a.id)`
  if (!row) return { refused: 'no_such_action' }
  if (!actor || !mayUndo(actor.relation, row.by_role)) return { refused: 'outranked' }
  const target = row.target_id ? { id: row.target_id, name: row.target_name ?? '' } : null
  const action: ActionTaken = {
    id,
    kind: 'undo',
    by: { id: actor.id, name: actor.name, role: roleOf(actor.relation) },
    target,
    reason: null,
    at,
    undoUntil: null,
  }
  await recordAction(sql, {
    ...action,
    by: { id: actor.id, name: actor.name, role: actor.relation },
    channelId,
    streamId,
    sanctionId: row.sanction_id,
    undoes: row.id,
    details: { kind: row.kind },
  })
  if (row.target_id) await holdPerson(sql, row.target_id)
  if (row.sanction_id) await unimpose(sql, { sanctionId: row.sanction_id, by: actor.id, at })
  await callOffRedaction(sql, row.id)
  const standing = await standingRemovals(sql, { channelId, apartFrom: row.id, now: at })
  const { lines, more } = await restoreStep(sql, { actionId: row.id, standing })
  const from = { channelId, actingRoomId: actingRoomOf(asked) }
  const rest = { kind: 'restore', actionId: row.id, ...from } as const
  const pending = more ? [await leaveEffect(sql, { id, at }, rest)] : []
  if (target && row.sanction_id) {
    const facts = { kind: 'sanction_lifted', sanctionId: row.sanction_id } as const
    pending.push(...(await leaveNotice(sql, world, { to: [target.id], channelId, facts })))
  }
  const undone: ActionTaken = {
    id: row.id,
    kind: row.kind,
    by: { id: row.by_id, name: row.by_name, role: roleOf(row.by_role) },
    target,
    reason: row.reason,
    at: row.at,
    undoUntil: null,
  }
  return { undone, action, sanctionId: row.sanction_id, lines, standing, pending }
}
