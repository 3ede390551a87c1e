/** Whom shared lists banned, or ban no more, is told; open rooms of the channels look again. */
import type { Sql } from '../../platform/database.ts'
import type { ModerationDeps } from '../deps.ts'
import { leaveNotice, sanctionNotice } from '../leave-notice.ts'
import { refreshRooms } from '../tell-concerned.ts'
import { listLimits } from './list-limits.ts'
import type { ListedBan } from './listed-bans.ts'

/** In the transaction: who is banned is told why. What is to be carried out after the commit. */
export async function leaveBanned(
  sql: Sql,
  { world }: Pick<ModerationDeps, 'world'>,
  bans: readonly ListedBan[],
  { reason, until }: { reason: string | null; until: number | null },
): Promise<string[]> {
  const left: string[] = []
  for (const { sanctionId: id, channelId, userId } of bans.slice(0, listLimits.noticesMax)) {
    const facts = sanctionNotice({ id, until, reason })
    left.push(...(await leaveNotice(sql, world, { to: [userId], channelId, facts })))
  }
  return left
}

/** The same of what ended. */
export async function leaveLifted(
  sql: Sql,
  { world }: Pick<ModerationDeps, 'world'>,
  bans: readonly ListedBan[],
): Promise<string[]> {
  const left: string[] = []
  for (const { sanctionId, channelId, userId } of bans.slice(0, listLimits.noticesMax)) {
    const facts = { kind: 'sanction_lifted', sanctionId } as const
    left.push(...(await leaveNotice(sql, world, { to: [userId], channelId, facts })))
  }
  return left
}

/** After the commit: rooms look again, and what was left is carried out. */
export function settleBans(
  deps: ModerationDeps,
  { bans, pending }: { bans: readonly ListedBan[]; pending: readonly string[] },
): void {
  void deps.effects.carryOut(pending)
  for (const { userId, channelId } of bans) refreshRooms(deps, userId, { channelId })
}
