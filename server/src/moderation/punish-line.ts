/**
 * `Moderation.punish`: what follows from a line over the upper threshold: a flag and a mute in
 * every room: 10 minutes, 1 hour, 24 hours within 30 days, then until somebody looked (AUTH-28).
 */
import { liveRoomId } from '@odeon/rooms'
import type { Moderation } from '@odeon/rooms/ports'
import type { Sanction } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import type { ModerationDeps } from './deps.ts'
import { writeFlag } from './flag-line.ts'
import { leaveNotice, sanctionNotice } from './leave-notice.ts'
import { houseLimits } from './limits.ts'
import { type Party, partyOf } from './parties.ts'
import { isCrew } from './rank.ts'
import { recordAction, theHouse } from './record-action.ts'
import { holdPerson, impose, type SanctionRow, sanctionOf, standingDecision } from './sanctions.ts'
import { refreshRooms } from './tell-concerned.ts'

type Line = Parameters<Moderation['punish']>[0]

/** Null for hosts and moderators, whom nothing mutes by itself. */
export async function punishLine(deps: ModerationDeps, line: Line): Promise<Sanction | null> {
  const { streamId } = line
  const outcome = await deps.database.transaction((sql) => commit(sql, deps, line))
  if (!outcome) return null
  const sanction = sanctionOf(outcome.sanction)
  if (outcome.isNew) {
    const { userId } = outcome
    refreshRooms(deps, userId, { channelId: null, actingRoomId: liveRoomId(streamId) })
    void deps.effects.carryOut(outcome.pending)
  }
  return sanction
}

interface Punished {
  sanction: SanctionRow
  isNew: boolean
  userId: string
  /** What is to be carried out after the commit. */
  pending: string[]
}

async function commit(sql: Sql, { world }: ModerationDeps, line: Line): Promise<Punished | null> {
  const { channelId, streamId, person, text, verdict } = line
  const at = world.now()
  const party = await partyOf(sql, channelId, person.id)
  if (!party) return null
  const flag = { id: world.newId(), at, person: party, channelId, streamId, text, verdict } as const
  // A refused line has no id of its own.
  const asFlag = { ...flag, lineId: flag.id, action: 'delete' } as const
  if (isCrew(party.relation)) {
    await writeFlag(sql, asFlag)
    return null
  }
  await holdPerson(sql, party.id)
  const standing = await standingDecision(sql, { channelId: null, userId: party.id, at })
  // Two devices said it at once: one mute, and a flag for each line.
  const sanction = standing ?? (await mute(sql, { ...line, id: world.newId(), at, party }))
  await writeFlag(sql, { ...asFlag, sanctionId: sanction.id })
  const isNew = standing === null
  const facts = sanctionNotice(sanctionOf(sanction))
  const pending = isNew ? await leaveNotice(sql, world, { to: [party.id], channelId, facts }) : []
  return { sanction, isNew, userId: party.id, pending }
}

async function mute(
  sql: Sql,
  line: Line & { id: string; at: number; party: Party },
): Promise<SanctionRow> {
  const { id, at, party, channelId, streamId, text, verdict } = line
  const [past] = await sql<{ count: string }>`
    select count(*) from sanctions s
    where s.user_id = ${party.id} and s.by_role = 'house' and s.channel_id is null
      and s.created_at > ${new Date(at - houseLimits.escalationMs)}
      -- What somebody looked at and took back does not count.
      and (s.lifted_by is null or s.replaced_by is not null)`
  const forMs = houseLimits.muteMs[Number(past?.count ?? 0)]
  const sanction = await impose(sql, {
    id,
    channelId: null,
    streamId,
    userId: party.id,
    kind: 'timeout',
    until: forMs === undefined ? null : at + forMs,
    reason: verdict.category,
    by: theHouse,
    at,
  })
  await recordAction(sql, {
    id,
    at,
    kind: 'timeout',
    by: theHouse,
    channelId,
    streamId,
    target: party,
    reason: verdict.category,
    sanctionId: id,
    lines: [{ id, userId: party.id, text }],
    details: { score: verdict.score, until: sanction.until },
  })
  return sanction
}
