/** Following others' lists, as a mark (lines are held) or a ban; ending it lifts what it caused. */
import type { SignedIn } from '../../platform/http/endpoint.ts'
import { Refused } from '../../platform/http/refusal.ts'
import type { Door } from '../authority.ts'
import type { ModerationDeps } from '../deps.ts'
import { banListed, liftListed } from './listed-bans.ts'
import { listLimits } from './list-limits.ts'
import { record } from './own-lists.ts'
import { leaveBanned, leaveLifted, settleBans } from './tell-banned.ts'

export type ListMode = 'mark' | 'ban'

interface Acting {
  door: Door
  by: SignedIn
  listId: string
}

/** The same again changes nothing; another mode takes the place of the one before. */
export async function subscribe(
  deps: ModerationDeps,
  { door, by, listId, mode }: Acting & { mode: ListMode },
): Promise<true | Refused<'no_such_list' | 'too_many'>> {
  const { channelId } = door
  const at = deps.world.now()
  const outcome = await deps.database.transaction(async (sql) => {
    // The list's row keeps entries that come meanwhile apart from what is caused here.
    const [list] = await sql<{ subscribers: string }>`
      select (select count(*) from ban_list_subscriptions n where n.list_id = l.id) as subscribers
      from ban_lists l
      where l.id = ${listId} and (l.is_published or l.channel_id = ${channelId}) for update of l`
    if (!list) return new Refused('no_such_list')
    await sql`select from channels where id = ${channelId} for no key update`
    const [held] = await sql<{ others: string; has: boolean }>`
      select count(*) filter (where list_id <> ${listId}) as others,
        coalesce(bool_or(list_id = ${listId}), false) as has
      from ban_list_subscriptions where channel_id = ${channelId}`
    const isFull =
      Number(held?.others ?? 0) >= listLimits.subscriptionsMax ||
      (!held?.has && Number(list.subscribers) >= listLimits.subscribersMax)
    if (isFull) return new Refused('too_many')
    await sql`
      insert into ban_list_subscriptions (list_id, channel_id, mode, created_at)
      values (${listId}, ${channelId}, ${mode}, ${new Date(at)})
      on conflict (channel_id, list_id) do update set mode = excluded.mode`
    const details = { listId, mode }
    await record(sql, deps, { door, by, kind: 'list_followed', at, details })
    if (mode === 'ban') {
      const bans = await banListed(sql, deps.world, { listId, channelId })
      const why = { reason: null, until: null }
      return { bans, pending: await leaveBanned(sql, deps, bans, why) }
    }
    const bans = await liftListed(sql, { listId, channelId, by: by.userId, at })
    return { bans, pending: await leaveLifted(sql, deps, bans) }
  })
  if (outcome instanceof Refused) return outcome
  settleBans(deps, outcome)
  if (mode === 'mark') await refreshListed(deps, channelId, listId)
  return true
}

export async function unsubscribe(
  deps: ModerationDeps,
  { door, by, listId }: Acting,
): Promise<true | Refused<'no_such_list'>> {
  const { channelId } = door
  const at = deps.world.now()
  const lifted = await deps.database.transaction(async (sql) => {
    const gone = await sql`
      delete from ban_list_subscriptions
      where list_id = ${listId} and channel_id = ${channelId} returning list_id`
    if (gone.length === 0) return new Refused('no_such_list')
    await record(sql, deps, { door, by, kind: 'list_unfollowed', at, details: { listId } })
    const bans = await liftListed(sql, { listId, channelId, by: by.userId, at })
    return { bans, pending: await leaveLifted(sql, deps, bans) }
  })
  if (lifted instanceof Refused) return lifted
  settleBans(deps, lifted)
  await refreshListed(deps, channelId, listId)
  return true
}

/** Marks travel with the standing, so open rooms ask anew. */
async function refreshListed(
  { database, openRooms }: ModerationDeps,
  channelId: string,
  listId: string,
): Promise<void> {
  const rooms = openRooms.ofChannel(channelId)
  if (rooms.length === 0) return
  const listed = await database.sql<{ user_id: string }>`
    select user_id from ban_list_entries where list_id = ${listId} and revoked_at is null`
  for (const { user_id: userId } of listed) {
    for (const room of rooms) room.refreshStanding?.(userId)
  }
}
