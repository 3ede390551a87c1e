/** `Moderation.take`: an action, what it causes and its record, in one transaction. */
import { liveRoomId } from '@odeon/rooms'
import type { Moderation, NewAction } from '@odeon/rooms/ports'
import {
  type ActionKind,
  type ActionTaken,
  type ModerationRefusalCode,
  moderationLimits,
} from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import { type Effect, effects } from './action-effects.ts'
import type { ModerationDeps } from './deps.ts'
import { type Party, partyOf } from './parties.ts'
import { isCrew, mayActOn, type Relation } from './rank.ts'
import { recordAction } from './record-action.ts'
import { type SanctionRow, sanctionOf } from './sanctions.ts'
import { leaveNotice } from './leave-notice.ts'
import { noticeOf, tellRooms } from './tell-of-action.ts'

/** What can be taken back for some minutes. */
const undoable: ReadonlySet<ActionKind> = new Set([
  'timeout',
  'ban',
  'delete',
  'clear',
  'purge',
  'modes',
])
/** About a line rather than the person: whoever wrote it may be gone, and may be oneself. */
const aboutLines: ReadonlySet<ActionKind> = new Set(['delete', 'hold_allow', 'hold_deny'])
const hostOnly: ReadonlySet<ActionKind> = new Set(['grant', 'revoke'])
const withoutRank: ReadonlySet<ActionKind> = new Set([
  'hold_allow',
  'hold_deny',
  'untimeout',
  'unban',
  'grant',
  'revoke',
])

/** Of a room, or of the desk: then there may be no channel, which means everywhere. */
export type HouseAction = Omit<NewAction, 'channelId' | 'streamId'> & {
  channelId: string | null
  streamId: string | null
}

export interface Taking {
  id: string
  at: number
  action: HouseAction
  actor: Party
  target: Party | null
}

export interface Taken extends Taking {
  taken: ActionTaken
  sanction: SanctionRow | null
  /** What is to be carried out after the commit. */
  pending: string[]
}

type NotTaken = { refused: ModerationRefusalCode }

export async function takeAction(
  deps: ModerationDeps,
  action: NewAction,
): ReturnType<Moderation['take']> {
  const at = deps.world.now()
  const id = deps.world.newId()
  const outcome = await deps.database.transaction((sql) =>
    commitAction(sql, deps.world, { id, at, action }),
  )
  if ('refused' in outcome) return outcome
  const { taken, sanction } = outcome
  void deps.effects.carryOut(outcome.pending)
  // The room that asked applies its own action; the others are told.
  tellRooms(deps, outcome, liveRoomId(action.streamId))
  return { action: taken, ...(sanction && { sanction: sanctionOf(sanction) }) }
}

/** The same from outside a room: every open room is told. */
export async function takeAtDesk(
  deps: ModerationDeps,
  action: HouseAction,
): Promise<Taken | NotTaken> {
  const at = deps.world.now()
  const id = deps.world.newId()
  const outcome = await deps.database.transaction((sql) =>
    commitAction(sql, deps.world, { id, at, action }),
  )
  if ('refused' in outcome) return outcome
  void deps.effects.carryOut(outcome.pending)
  tellRooms(deps, outcome, null)
  return outcome
}

/** Inside somebody else's transaction; whoever commits it then tells of it and carries it out. */
export async function commitAction(
  sql: Sql,
  world: ModerationDeps['world'],
  { id, at, action: asked }: { id: string; at: number; action: HouseAction },
): Promise<Taken | NotTaken> {
  const action = { ...asked, reason: plainReason(asked.reason) }
  const parties = await check(sql, action)
  if ('refused' in parties) return parties
  const { kind, channelId, streamId } = action
  const taking = { id, at, action, ...parties }
  const effect: Effect | undefined = effects[kind]
  const caused = (await effect?.(sql, taking)) ?? {}
  if (caused.refused) return { refused: caused.refused }
  const { actor, target } = parties
  const taken: ActionTaken = {
    id,
    kind,
    by: { id: actor.id, name: actor.name, role: roleOf(actor.relation) },
    target: target ? { id: target.id, name: target.name } : action.target,
    reason: action.reason,
    at,
    undoUntil: undoable.has(kind) ? at + moderationLimits.undoForMs : null,
  }
  const sanction = caused.sanction ?? null
  await recordAction(sql, {
    ...taken,
    by: { id: actor.id, name: actor.name, role: actor.relation },
    channelId,
    streamId,
    sanctionId: sanction?.id ?? null,
    lines: action.lines ?? [],
    details: { ...action.details, ...(action.until !== undefined && { until: action.until }) },
  })
  const facts = noticeOf({ ...taking, sanction })
  const told =
    facts && target ? await leaveNotice(sql, world, { to: [target.id], channelId, facts }) : []
  const pending = caused.pending ? [caused.pending, ...told] : told
  return { ...taking, taken, sanction, pending }
}

/** Who acts and on whom, or why they may not. The record decides, whatever the asker claims. */
async function check(
  sql: Sql,
  { kind, channelId, by, target: named }: HouseAction,
): Promise<{ actor: Party; target: Party | null } | NotTaken> {
  const actor = await partyOf(sql, channelId, by.id)
  if (!actor || !isCrew(actor.relation)) return { refused: 'outranked' }
  if (hostOnly.has(kind) && actor.relation === 'moderator') return { refused: 'outranked' }
  if (!named) return { actor, target: null }
  const target = await partyOf(sql, channelId, named.id)
  if (aboutLines.has(kind) && (!target || target.id === actor.id)) return { actor, target }
  if (!target) return { refused: 'no_such_person' }
  if (target.id === actor.id) return { refused: 'not_yourself' }
  if (!withoutRank.has(kind) && !mayActOn(actor.relation, target.relation)) {
    return { refused: 'outranked' }
  }
  return { actor, target }
}

/** As PostgreSQL can hold it and people can read it. */
function plainReason(reason: string | null): string | null {
  const plain = reason?.normalize('NFC').replace(/\p{C}/gu, '').trim() ?? ''
  return [...plain].slice(0, moderationLimits.reasonCharsMax).join('') || null
}

/** Staff are moderators wherever they are. */
export function roleOf(relation: Relation): ActionTaken['by']['role'] {
  return relation === 'staff' ? 'moderator' : relation
}
