/** What live rooms ask about their channel: the `ChannelDesk` port on PostgreSQL. */
import type { ChannelDesk } from '@odeon/rooms/ports'
import { emotesOf } from '../emotes/emotes-of.ts'
import type { Database } from '../platform/database.ts'
import { type KeptSettings, settingsFrom } from './protocol.ts'

export interface ChannelDeskDeps {
  database: Pick<Database, 'sql'>
  /** Whether the channel has an outside reviewer. */
  hasReviewer?: (channelId: string) => Promise<boolean>
  /** Called when something of the channel changed, after it is stored. */
  changed?: (channelId: string) => void
}

export function channelDesk(deps: ChannelDeskDeps): ChannelDesk {
  const { sql } = deps.database
  return {
    async chat(channelId) {
      const [[kept], emotes, hasReviewer] = await Promise.all([
        sql<{ settings: KeptSettings }>`select settings from channels where id = ${channelId}`,
        emotesOf(sql, channelId),
        deps.hasReviewer?.(channelId) ?? false,
      ])
      if (!kept) throw new Error(`no channel ${channelId}`)
      const { chat, holdSuspicious } = settingsFrom(kept.settings)
      return {
        modes: chat,
        holdSuspicious,
        hasReviewer,
        emotes: emotes.map(({ code, id }) => ({ code, id })),
      }
    },

    async saveModes(channelId, modes) {
      await sql`
        update channels set settings = settings || jsonb_build_object('chat', ${modes}::jsonb)
        where id = ${channelId}`
      deps.changed?.(channelId)
    },

    async followedAt(channelId, userId) {
      const [follow] = await sql<{ at: string }>`
        select extract(epoch from followed_at) * 1000 as at from follows
        where channel_id = ${channelId} and user_id = ${userId}`
      return follow ? Number(follow.at) : null
    },
  }
}
