/** Appeals: once for each decision, read by those who may decide about them. */
import { moderationLimits } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import type { ModerationDeps } from './deps.ts'
import type { AppealView, SanctionView } from './protocol.ts'
import { type KnownSanction, selectSanctions } from './read-sanctions.ts'

export async function fileAppeal(
  { database, world }: ModerationDeps,
  of: { userId: string; sanctionId: string; text: string },
): Promise<true | Refused<'not_found' | 'already_appealed' | 'not_standing'>> {
  const { sql } = database
  const { userId, sanctionId: id, text } = of
  const now = world.now()
  const [found] = await selectSanctions(sql, { id, userId, now, limit: 1 })
  if (!found) return new Refused('not_found')
  if (found.appeal) return new Refused('already_appealed')
  if (!found.view.stands) return new Refused('not_standing')
  try {
    await sql`
      insert into appeals (id, sanction_id, user_id, text, created_at)
      values (${world.newId()}, ${id}, ${userId}, ${text}, ${new Date(now)})`
  } catch (error) {
    // Two tabs at once: the index saw it.
    if (isDuplicate(error)) return new Refused('already_appealed')
    throw error
  }
  return true
}

export async function readAppeals(
  { database, world }: ModerationDeps,
  of: {
    reader: SignedIn
    channelId: string | null
    status: AppealView['status']
    before?: string | undefined
    limit: number
  },
): Promise<{ appeals: AppealView[]; more: boolean }> {
  const { sql } = database
  const { reader, channelId, status: appealStatus, before, limit } = of
  const found = await selectSanctions(sql, {
    now: world.now(),
    appealStatus,
    before,
    limit: limit + 1,
    ...(channelId && { channelId }),
  })
  const shown = found
    .slice(0, limit)
    .filter(({ view }) => view.person.id !== reader.userId && mayJudge(view.kind, reader))
  const now = world.now()
  const appeals = await Promise.all(shown.map((one) => viewOf(sql, one, { reader, now })))
  return { appeals, more: found.length > limit }
}

/** Only administrators suspend, and only they say whether that stands. */
export function mayJudge(
  kind: SanctionView['kind'],
  { platformRole }: Pick<SignedIn, 'platformRole'>,
): boolean {
  return kind !== 'suspension' || platformRole === 'admin'
}

async function viewOf(
  sql: Sql,
  one: KnownSanction,
  { reader, now }: { reader: SignedIn; now: number },
): Promise<AppealView> {
  const { view, appeal } = one
  if (!appeal || !view.appeal) throw new Error(`no appeal against ${view.id}`)
  const { status, text, at, note, decidedAt } = view.appeal
  const undoUntil = decidedAt === null ? 0 : decidedAt + moderationLimits.undoForMs
  return {
    id: appeal.id,
    at,
    status,
    text,
    sanction: view,
    decided: decidedAt === null ? null : { by: appeal.decidedBy, at: decidedAt, note },
    mayDecide: one.byId !== reader.userId || !(await isSomebodyElse(sql, one, reader)),
    undoUntil: undoUntil > now ? undoUntil : null,
  }
}

/** Others who could decide: the rest of a channel's crew, of the staff, of administrators. */
export async function isSomebodyElse(
  sql: Sql,
  one: KnownSanction,
  reader: SignedIn,
): Promise<boolean> {
  const roles = one.view.kind === 'suspension' ? ['admin'] : ['moderator', 'admin']
  const [others] =
    one.channelId === null
      ? await sql<{ found: boolean }>`
          select exists (select from users where platform_role = any(${roles})
            and suspended_at is null and id <> ${reader.userId}) as found`
      : await sql<{ found: boolean }>`
          select exists (
            select owner_id from channels
              where id = ${one.channelId} and owner_id <> ${reader.userId}
            union all
            select user_id from channel_moderators
              where channel_id = ${one.channelId} and user_id <> ${reader.userId}) as found`
  return others?.found ?? false
}
