/** What live rooms ask about their channel: the `ChannelDesk` port on PostgreSQL. */
import type { ChannelDesk } from '@odeon/rooms/ports'
import { emotesOf } from '../emotes/emotes-of.ts'
import type { Database } from '../platform/database.ts'
import type { Follows } from './follows.ts'
import { type KeptSettings, settingsFrom } from './protocol.ts'

export interface ChannelDeskDeps {
  database: Pick<Database, 'sql'>
  follows: Pick<Follows, 'since'>
  /** Whether the channel has an outside reviewer. */
  hasReviewer?: (channelId: string) => Promise<boolean>
  /** Called when modes are stored. */
  saved?: (channelId: string) => void
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
      deps.saved?.(channelId)
    },

    followedAt: deps.follows.since,
  }
}
