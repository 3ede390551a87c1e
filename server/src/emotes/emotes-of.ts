/** The emotes that work in a channel's chat: its own, then those of the house. */
import type { Sql } from '../platform/database.ts'

export interface KeptEmote {
  code: string
  /** Id of its picture. */
  id: string
  isAnimated: boolean
}

/** Own ones in the order of their codes. */
export async function emotesOf(sql: Sql, channelId: string): Promise<KeptEmote[]> {
  const rows = await sql<{ code: string; media_id: string; is_animated: boolean }>`
    select code, media_id, is_animated from emotes where channel_id = ${channelId} order by code`
  return rows.map((row) => ({ code: row.code, id: row.media_id, isAnimated: row.is_animated }))
}
