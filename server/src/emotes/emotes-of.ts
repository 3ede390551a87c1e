/** The emotes that work in a channel's chat: its own, then those of the house. */
import type { Sql } from '../platform/database.ts'
import { houseEmotes } from './house-emotes.ts'
import type { EmoteView } from './protocol.ts'

/** Own ones in the order of their codes. */
export async function emotesOf(sql: Sql, channelId: string): Promise<EmoteView[]> {
  const rows = await sql<{ code: string; media_id: string; is_animated: boolean }>`
    select code, media_id, is_animated from emotes where channel_id = ${channelId} order by code`
  const own = rows.map((row) => ({
    code: row.code,
    id: row.media_id,
    isAnimated: row.is_animated,
    isHouse: false,
  }))
  return [...own, ...houseEmotes]
}
