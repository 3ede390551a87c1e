/** Appeals: once for each sanction, decided by somebody else where there is somebody else. */
import type { Sql } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import { relationTo } from './authority.ts'
import type { ModerationDeps } from './deps.ts'
import { leaveNotice } from './leave-notice.ts'
import type { AppealView } from './protocol.ts'
import { type KnownSanction, selectSanctions } from './read-sanctions.ts'
import { actorRoleOf, recordAction } from './record-action.ts'
import { lift } from './sanctions.ts'
import { refreshRooms } from './tell-concerned.ts'

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
  const shown = found.slice(0, limit).filter(({ view }) => view.person.id !== reader.userId)
  const appeals = await Promise.all(shown.map((one) => viewOf(sql, one, reader)))
  return { appeals, more: found.length > limit }
}

async function viewOf(sql: Sql, one: KnownSanction, reader: SignedIn): Promise<AppealView> {
  const { view, appeal } = one
  if (!appeal || !view.appeal) throw new Error(`no appeal against ${view.id}`)
  const { status, text, at, note, decidedAt } = view.appeal
  return {
    id: appeal.id,
    at,
    status,
    text,
    sanction: view,
    decided: decidedAt === null ? null : { by: appeal.decidedBy, at: decidedAt, note },
    mayDecide: one.byId !== reader.userId || !(await isSomebodyElse(sql, one, reader)),
  }
}

/** Others who could decide: the rest of a channel's crew, or of the staff. */
async function isSomebodyElse(sql: Sql, one: KnownSanction, reader: SignedIn): Promise<boolean> {
  const [others] =
    one.channelId === null
      ? await sql<{ found: boolean }>`
          select exists (select from users where platform_role in ('moderator', 'admin')
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

export type AppealRefusal = 'not_found' | 'already_decided' | 'own_decision'

export async function decideAppeal(
  deps: ModerationDeps,
  of: { appealId: string; by: SignedIn; decision: 'uphold' | 'lift'; note: string | null },
): Promise<true | Refused<AppealRefusal>> {
  const { database, world } = deps
  const { appealId, by, decision, note } = of
  const at = world.now()
  const outcome = await database.transaction(async (sql) => {
    const [appeal] = await sql<{ sanction_id: string; status: string }>`
      select sanction_id, status from appeals where id = ${appealId} for update`
    if (!appeal) return new Refused('not_found')
    const [one] = await selectSanctions(sql, { id: appeal.sanction_id, now: at, limit: 1 })
    if (!one || one.view.person.id === by.userId) return new Refused('not_found')
    const relation = await relationTo(sql, one.channelId, by)
    if (relation === 'viewer') return new Refused('not_found')
    if (appeal.status !== 'open') return new Refused('already_decided')
    if (one.byId === by.userId && (await isSomebodyElse(sql, one, by))) {
      return new Refused('own_decision')
    }
    const lifted = decision === 'lift'
    await sql`
      update appeals set status = ${lifted ? 'lifted' : 'upheld'}, decided_by = ${by.userId},
        decided_at = ${new Date(at)}, note = ${note}
      where id = ${appealId}`
    if (lifted) await lift(sql, { sanctionId: one.view.id, by: by.userId, at })
    await recordAction(sql, {
      id: world.newId(),
      at,
      kind: lifted ? 'appeal_lifted' : 'appeal_upheld',
      by: { id: by.userId, name: by.name, role: actorRoleOf(relation, by) },
      channelId: one.channelId,
      target: one.view.person,
      reason: note,
      sanctionId: one.view.id,
      details: { appealId },
    })
    const { view, channelId } = one
    const facts = {
      kind: 'appeal_decided',
      text: note,
      path: `/appeals/${view.id}`,
      sanctionId: view.id,
      until: lifted ? null : view.until,
    } as const
    const pending = await leaveNotice(sql, world, { to: [view.person.id], channelId, facts })
    return { view, channelId, pending }
  })
  if (outcome instanceof Refused) return outcome
  const { view, channelId, pending } = outcome
  if (decision === 'lift') refreshRooms(deps, view.person.id, { channelId })
  void deps.effects.carryOut(pending)
  return true
}
