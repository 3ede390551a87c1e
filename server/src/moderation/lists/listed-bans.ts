/** What shared lists cause in channels that follow them: bans of their own, lifted with them. */
import type { World } from '@odeon/rooms/ports'
import type { Sql } from '../../platform/database.ts'

/** One ban that a list caused or that was lifted with it. */
export interface ListedBan {
  sanctionId: string
  channelId: string
  userId: string
}

interface Candidate {
  entry_id: string
  channel_id: string
  user_id: string
  reason: string | null
  expires_at: string | null
}

type Scope = { listId?: string; entryId?: string; channelId?: string }

/** Bans whoever is on the list, in the channels that follow it as a ban, and is not there yet. */
export async function banListed(
  sql: Sql,
  world: Pick<World, 'now' | 'newId'>,
  { listId, entryId, channelId }: Scope,
): Promise<ListedBan[]> {
  const at = new Date(world.now())
  // Nobody's own crew is banned by what others think of them.
  const found = await sql<Candidate>`
    select e.id as entry_id, n.channel_id, e.user_id, e.reason, e.expires_at
    from ban_list_entries e
    join ban_list_subscriptions n on n.list_id = e.list_id and n.mode = 'ban'
    join channels c on c.id = n.channel_id
    join users u on u.id = e.user_id
    where (${listId ?? null}::uuid is null or e.list_id = ${listId ?? null}::uuid)
      and (${entryId ?? null}::uuid is null or e.id = ${entryId ?? null}::uuid)
      and (${channelId ?? null}::uuid is null or n.channel_id = ${channelId ?? null}::uuid)
      and e.revoked_at is null and (e.expires_at is null or e.expires_at > ${at})
      and c.owner_id <> e.user_id and u.platform_role = 'user'
      and not exists (select from channel_moderators m
        where m.channel_id = n.channel_id and m.user_id = e.user_id)
      and not exists (select from sanctions s where s.list_entry_id = e.id
        and s.channel_id = n.channel_id and s.lifted_at is null)`
  const bans = found.map((one) => ({ ...one, id: world.newId() }))
  await sql`
    insert into sanctions (id, channel_id, user_id, kind, until, reason, by_role, list_entry_id,
      created_at)
    select id, channel_id, user_id, 'ban', until, reason, 'moderator', entry_id, ${at}
    from unnest(
      ${bans.map((ban) => ban.id)}::uuid[],
      ${bans.map((ban) => ban.channel_id)}::uuid[],
      ${bans.map((ban) => ban.user_id)}::uuid[],
      ${bans.map((ban) => ban.expires_at)}::timestamptz[],
      ${bans.map((ban) => ban.reason)}::text[],
      ${bans.map((ban) => ban.entry_id)}::uuid[]
    ) as ban (id, channel_id, user_id, until, reason, entry_id)
    on conflict do nothing`
  return bans.map(({ id: sanctionId, channel_id, user_id: userId }) => {
    return { sanctionId, channelId: channel_id, userId }
  })
}

/** Lifts what a list, an entry, or a list in one channel caused. */
export async function liftListed(
  sql: Sql,
  { listId, entryId, channelId, by, at }: Scope & { by: string; at: number },
): Promise<ListedBan[]> {
  const lifted = await sql<{ id: string; channel_id: string; user_id: string }>`
    update sanctions s set lifted_at = ${new Date(at)}, lifted_by = ${by}
    from ban_list_entries e
    where e.id = s.list_entry_id and s.lifted_at is null
      and (${listId ?? null}::uuid is null or e.list_id = ${listId ?? null}::uuid)
      and (${entryId ?? null}::uuid is null or e.id = ${entryId ?? null}::uuid)
      and (${channelId ?? null}::uuid is null or s.channel_id = ${channelId ?? null}::uuid)
    returning s.id, s.channel_id, s.user_id`
  return lifted.map(({ id: sanctionId, channel_id, user_id: userId }) => {
    return { sanctionId, channelId: channel_id, userId }
  })
}
