/**
 * What people are told of a decision: written with it and posted after its commit, once, whatever
 * happens to the process between the two.
 */
import type { Notice } from '@odeon/rooms/protocol'
import type { World } from '@odeon/rooms/ports'
import { deskLimits as noticeDeskLimits } from '../notices/notices.ts'
import type { Sql } from '../platform/database.ts'
import { leaveEffect } from './pending-effects.ts'
import type { Sanction } from '@odeon/rooms/protocol'

export type NoticeFacts = Pick<Notice, 'kind'> &
  Partial<Omit<Notice, 'id' | 'at' | 'readAt' | 'channel'>>

interface Telling {
  to: readonly string[]
  /** Null for what the house decided. */
  channelId: string | null
  facts: NoticeFacts
}

/** The ids of what is to be carried out after the commit. */
export async function leaveNotice(
  sql: Sql,
  world: Pick<World, 'now' | 'newId'>,
  { to, channelId, facts }: Telling,
): Promise<string[]> {
  if (to.length === 0) return []
  const [channel] = channelId
    ? await sql<NonNullable<Notice['channel']>>`
        select id, handle, name from channels where id = ${channelId}`
    : []
  const notice = {
    channel: channel ?? null,
    from: null,
    text: null,
    path: channel ? `/channel/${channel.handle}` : null,
    sanctionId: null,
    until: null,
    ...facts,
  }
  const left: string[] = []
  for (let from = 0; from < to.length; from += noticeDeskLimits.toldAtOnceMax) {
    const userIds = to.slice(from, from + noticeDeskLimits.toldAtOnceMax)
    const as = { id: world.newId(), at: world.now() }
    left.push(await leaveEffect(sql, as, { kind: 'notice', userIds, notice }))
  }
  return left
}

export function sanctionNotice(sanction: Pick<Sanction, 'id' | 'until' | 'reason'>): NoticeFacts {
  const { id, until, reason } = sanction
  return { kind: 'sanction', text: reason, path: `/appeals/${id}`, sanctionId: id, until }
}
