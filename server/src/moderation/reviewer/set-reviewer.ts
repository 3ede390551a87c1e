/** A channel's reviewer: set, replaced and removed by its host; the secret is never given out. */
import type { SignedIn } from '../../platform/http/endpoint.ts'
import { Refused } from '../../platform/http/refusal.ts'
import type { Door } from '../authority.ts'
import type { ModerationDeps } from '../deps.ts'
import { recordAction } from '../record-action.ts'
import type { OutsideReviewer, ReviewerSettings } from './outside-reviewer.ts'
import { AddressRefused, checkedUrl, type SafePostDeps } from './safe-post.ts'

export interface ReviewerDesk extends ModerationDeps {
  reviewer: OutsideReviewer
  safety: SafePostDeps
}

export interface ReviewerChange extends Omit<ReviewerSettings, 'secret'> {
  /** Absent keeps the one there is. */
  secret?: string | undefined
}

export async function readReviewer(
  { database }: ReviewerDesk,
  channelId: string,
): Promise<ReviewerSettings | null> {
  const [row] = await database.sql<ReviewerSettings>`
    select url, secret, timeout_ms as "timeoutMs", lets_through as "letsThrough"
    from channel_reviewers where channel_id = ${channelId}`
  return row ?? null
}

export async function setReviewer(
  deps: ReviewerDesk,
  { door, by, change }: { door: Door; by: SignedIn; change: ReviewerChange },
): Promise<true | Refused<'address_refused' | 'secret_needed'>> {
  const { channelId } = door
  const { timeoutMs, letsThrough } = change
  let url: string
  try {
    url = checkedUrl(change.url, deps.safety).href
  } catch (error) {
    if (error instanceof AddressRefused) return new Refused('address_refused')
    throw error
  }
  const at = deps.world.now()
  const outcome = await deps.database.transaction(async (sql) => {
    const [kept] = await sql<{ secret: string }>`
      select secret from channel_reviewers where channel_id = ${channelId} for update`
    const secret = change.secret ?? kept?.secret
    if (secret === undefined) return new Refused('secret_needed')
    await sql`
      insert into channel_reviewers (channel_id, url, secret, timeout_ms, lets_through, updated_at)
      values (${channelId}, ${url}, ${secret}, ${timeoutMs}, ${letsThrough}, ${new Date(at)})
      on conflict (channel_id) do update set url = excluded.url, secret = excluded.secret,
        timeout_ms = excluded.timeout_ms, lets_through = excluded.lets_through,
        updated_at = excluded.updated_at`
    await recordAction(sql, {
      id: deps.world.newId(),
      at,
      kind: 'reviewer_set',
      by: { id: by.userId, name: by.name, role: door.relation },
      channelId,
      details: { url, timeoutMs, letsThrough, newSecret: change.secret !== undefined },
    })
    return true as const
  })
  if (!(outcome instanceof Refused)) changed(deps, channelId)
  return outcome
}

export async function removeReviewer(
  deps: ReviewerDesk,
  { door, by }: { door: Door; by: SignedIn },
): Promise<void> {
  const { channelId } = door
  await deps.database.transaction(async (sql) => {
    const gone = await sql`
      delete from channel_reviewers where channel_id = ${channelId} returning channel_id`
    if (gone.length === 0) return
    await recordAction(sql, {
      id: deps.world.newId(),
      at: deps.world.now(),
      kind: 'reviewer_removed',
      by: { id: by.userId, name: by.name, role: door.relation },
      channelId,
    })
  })
  changed(deps, channelId)
}

function changed({ reviewer, openRooms }: ReviewerDesk, channelId: string): void {
  reviewer.forget(channelId)
  for (const room of openRooms.ofChannel(channelId)) room.refreshChannel?.()
}
