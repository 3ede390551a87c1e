/** Lists a channel keeps: made, published, filled, revoked, removed. */
import type { SignedIn } from '../../platform/http/endpoint.ts'
import type { Sql } from '../../platform/database.ts'
import { Refused } from '../../platform/http/refusal.ts'
import type { Door } from '../authority.ts'
import type { ModerationDeps } from '../deps.ts'
import { recordAction } from '../record-action.ts'
import { refreshRooms } from '../tell-concerned.ts'
import { banListed, liftListed } from './listed-bans.ts'
import { leaveBanned, leaveLifted, settleBans } from './tell-banned.ts'
import { listLimits } from './list-limits.ts'

export interface ListWords {
  name: string
  about: string
  isPublished: boolean
}

interface Acting {
  door: Door
  by: SignedIn
}

export async function makeList(
  deps: ModerationDeps,
  { door, by, words }: Acting & { words: ListWords },
): Promise<{ id: string } | Refused<'too_many'>> {
  const { channelId } = door
  const { name, about, isPublished } = words
  const id = deps.world.newId()
  const at = deps.world.now()
  return await deps.database.transaction(async (sql) => {
    await sql`select from channels where id = ${channelId} for no key update`
    const [held] = await sql<{ count: string }>`
      select count(*) from ban_lists where channel_id = ${channelId}`
    if (Number(held?.count ?? 0) >= listLimits.listsPerChannelMax) return new Refused('too_many')
    await sql`
      insert into ban_lists (id, channel_id, name, about, is_published, created_at)
      values (${id}, ${channelId}, ${name}, ${about}, ${isPublished}, ${new Date(at)})`
    await record(sql, deps, { door, by, kind: 'list_made', at, details: { listId: id, ...words } })
    return { id }
  })
}

/** A list that is not published any more is followed by nobody else. */
export async function changeList(
  deps: ModerationDeps,
  { door, by, listId, change }: Acting & { listId: string; change: Partial<ListWords> },
): Promise<true | Refused<'no_such_list'>> {
  const { channelId } = door
  const { name, about, isPublished } = change
  const at = deps.world.now()
  const lifted = await deps.database.transaction(async (sql) => {
    const [list] = await sql<{ is_published: boolean }>`
      update ban_lists set name = coalesce(${name ?? null}, name),
        about = coalesce(${about ?? null}, about),
        is_published = coalesce(${isPublished ?? null}, is_published)
      where id = ${listId} and channel_id = ${channelId} returning is_published`
    if (!list) return new Refused('no_such_list')
    const details = { listId, ...change }
    await record(sql, deps, { door, by, kind: 'list_changed', at, details })
    if (list.is_published) return { bans: [], listed: [], pending: [] }
    const listed = await listedOn(sql, listId)
    const bans = await liftListed(sql, { listId, by: by.userId, at })
    await sql`
      delete from ban_list_subscriptions where list_id = ${listId} and channel_id <> ${channelId}`
    return { bans, listed, pending: await leaveLifted(sql, deps, bans) }
  })
  if (lifted instanceof Refused) return lifted
  settleBans(deps, lifted)
  refreshMarks(deps, lifted.listed)
  return true
}

export async function removeList(
  deps: ModerationDeps,
  { door, by, listId }: Acting & { listId: string },
): Promise<true | Refused<'no_such_list'>> {
  const at = deps.world.now()
  const lifted = await deps.database.transaction(async (sql) => {
    const [list] = await sql`
      select id from ban_lists where id = ${listId} and channel_id = ${door.channelId} for update`
    if (!list) return new Refused('no_such_list')
    const listed = await listedOn(sql, listId)
    const bans = await liftListed(sql, { listId, by: by.userId, at })
    await sql`delete from ban_lists where id = ${listId}`
    await record(sql, deps, { door, by, kind: 'list_removed', at, details: { listId } })
    return { bans, listed, pending: await leaveLifted(sql, deps, bans) }
  })
  if (lifted instanceof Refused) return lifted
  settleBans(deps, lifted)
  refreshMarks(deps, lifted.listed)
  return true
}

export interface NewEntry {
  userId: string
  source?: string | undefined
  reason?: string | undefined
  expiresAt?: number | undefined
}
type EntryRefusal = 'no_such_list' | 'no_such_person' | 'already_so' | 'too_many' | 'outranked'

export async function addEntry(
  deps: ModerationDeps,
  { door, by, listId, entry }: Acting & { listId: string; entry: NewEntry },
): Promise<{ id: string } | Refused<EntryRefusal>> {
  const { userId, source = door.handle, reason = null, expiresAt } = entry
  const at = deps.world.now()
  const id = deps.world.newId()
  const banned = await deps.database.transaction(async (sql) => {
    const [list] = await sql`
      select id from ban_lists where id = ${listId} and channel_id = ${door.channelId} for update`
    if (!list) return new Refused('no_such_list')
    const [person] = await sql<{ name: string; platform_role: string }>`
      select name, platform_role from users where id = ${userId}`
    if (!person) return new Refused('no_such_person')
    if (person.platform_role !== 'user' || userId === door.ownerId) return new Refused('outranked')
    const [held] = await sql<{ count: string }>`
      select count(*) from ban_list_entries where list_id = ${listId} and revoked_at is null`
    if (Number(held?.count ?? 0) >= listLimits.entriesMax) return new Refused('too_many')
    const added = await sql`
      insert into ban_list_entries (id, list_id, user_id, source, reason, expires_at, added_by,
        created_at)
      values (${id}, ${listId}, ${userId}, ${source}, ${reason},
        ${expiresAt === undefined ? null : new Date(expiresAt)}, ${by.userId}, ${new Date(at)})
      on conflict (list_id, user_id) where revoked_at is null do nothing returning id`
    if (added.length === 0) return new Refused('already_so')
    const target = { id: userId, name: person.name }
    const details = { listId, entryId: id, source, expiresAt: expiresAt ?? null }
    await record(sql, deps, { door, by, kind: 'list_entry_added', at, details, target, reason })
    const bans = await banListed(sql, deps.world, { entryId: id })
    const why = { reason, until: expiresAt ?? null }
    return { bans, pending: await leaveBanned(sql, deps, bans, why) }
  })
  if (banned instanceof Refused) return banned
  settleBans(deps, banned)
  refreshMarks(deps, [userId])
  return { id }
}

/** Lifts what the entry caused in every channel that follows the list. */
export async function revokeEntry(
  deps: ModerationDeps,
  { door, by, listId, entryId }: Acting & { listId: string; entryId: string },
): Promise<true | Refused<'no_such_entry'>> {
  const at = deps.world.now()
  const lifted = await deps.database.transaction(async (sql) => {
    const [entry] = await sql<{ user_id: string; name: string }>`
      update ban_list_entries e set revoked_at = ${new Date(at)}, revoked_by = ${by.userId}
      from ban_lists l, users u
      where e.id = ${entryId} and e.list_id = ${listId} and e.revoked_at is null
        and l.id = e.list_id and l.channel_id = ${door.channelId} and u.id = e.user_id
      returning e.user_id, u.name`
    if (!entry) return new Refused('no_such_entry')
    const target = { id: entry.user_id, name: entry.name }
    const details = { listId, entryId }
    await record(sql, deps, { door, by, kind: 'list_entry_revoked', at, details, target })
    const bans = await liftListed(sql, { entryId, by: by.userId, at })
    return { userId: entry.user_id, bans, pending: await leaveLifted(sql, deps, bans) }
  })
  if (lifted instanceof Refused) return lifted
  settleBans(deps, lifted)
  refreshMarks(deps, [lifted.userId])
  return true
}

async function listedOn(sql: Sql, listId: string): Promise<string[]> {
  const rows = await sql<{ user_id: string }>`
    select user_id from ban_list_entries where list_id = ${listId} and revoked_at is null`
  return rows.map((row) => row.user_id)
}

/** Marks travel with the standing; a room asks anew only for those who are in it. */
function refreshMarks(deps: ModerationDeps, userIds: string[]): void {
  for (const userId of userIds) refreshRooms(deps, userId, { channelId: null })
}

interface Recorded extends Acting {
  kind: string
  at: number
  details: object
  target?: { id: string; name: string }
  reason?: string | null
}

export async function record(
  sql: Sql,
  deps: Pick<ModerationDeps, 'world'>,
  { door, by, ...rest }: Recorded,
): Promise<void> {
  await recordAction(sql, {
    ...rest,
    id: deps.world.newId(),
    by: { id: by.userId, name: by.name, role: door.relation },
    channelId: door.channelId,
  })
}
