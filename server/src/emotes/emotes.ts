/** Emotes of a channel (CHAT-15): put in, renamed and taken out by its owner, at most sixty. */
import type { World } from '@odeon/rooms/ports'
import type { Media } from '../media/media.ts'
import type { PictureRefusal } from '../media/protocol.ts'
import type { Database, Sql } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import { Refused } from '../platform/http/refusal.ts'
import { emotesOf } from './emotes-of.ts'
import { isHouseCode } from './house-emotes.ts'
import { emoteLimits, type EmoteView } from './protocol.ts'

export type AddRefusal = 'code_taken' | 'too_many_emotes' | PictureRefusal | 'busy'

export interface Emotes {
  /** Own ones first, then those of the house. */
  of(channelId: string): Promise<EmoteView[]>
  add(options: {
    channelId: string
    code: string
    bytes: Uint8Array
  }): Promise<EmoteView | Refused<AddRefusal>>
  rename(options: {
    channelId: string
    code: string
    to: string
  }): Promise<EmoteView | Refused<'no_such_emote' | 'code_taken'>>
  remove(channelId: string, code: string): Promise<true | Refused<'no_such_emote'>>
}

export interface EmotesDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now'>
  media: Pick<Media, 'keep'>
  changed(channelId: string): void
}

export function emotes(deps: EmotesDeps): Emotes {
  const { database, world, media, changed } = deps
  const { sql, transaction } = database
  return {
    of: (channelId) => emotesOf(sql, channelId),

    async add({ channelId, code, bytes }) {
      // Before the work of decoding; the same is asked again when it counts.
      const early = await noRoomFor(sql, channelId, code)
      if (early) return early
      const picture = await media.keep('emote', bytes)
      if (picture instanceof Refused) return picture
      const refused = await transaction(async (tx) => {
        // The channel's row keeps two uploads apart, so that the bound holds.
        await tx`select from channels where id = ${channelId} for no key update`
        const late = await noRoomFor(tx, channelId, code)
        if (late) return late
        await tx`
          insert into emotes (channel_id, code, media_id, is_animated, created_at)
          values (${channelId}, ${code}, ${picture.id}, ${picture.isAnimated},
            ${new Date(world.now())})`
        return undefined
      })
      if (refused) return refused
      changed(channelId)
      return { code, id: picture.id, isAnimated: picture.isAnimated, isHouse: false }
    },

    async rename({ channelId, code, to }) {
      if (isHouseCode(to)) return new Refused('code_taken')
      try {
        const [row] = await sql<{ media_id: string; is_animated: boolean }>`
          update emotes set code = ${to} where channel_id = ${channelId} and code = ${code}
          returning media_id, is_animated`
        if (!row) return new Refused('no_such_emote')
        changed(channelId)
        return { code: to, id: row.media_id, isAnimated: row.is_animated, isHouse: false }
      } catch (error) {
        if (isDuplicate(error)) return new Refused('code_taken')
        throw error
      }
    },

    async remove(channelId, code) {
      const gone = await sql`
        delete from emotes where channel_id = ${channelId} and code = ${code} returning code`
      if (gone.length === 0) return new Refused('no_such_emote')
      changed(channelId)
      return true
    },
  }
}

async function noRoomFor(sql: Sql, channelId: string, code: string) {
  if (isHouseCode(code)) return new Refused('code_taken')
  const [facts] = await sql<{ count: string; is_taken: boolean | null }>`
    select count(*), bool_or(code = ${code}) as is_taken from emotes
    where channel_id = ${channelId}`
  if (facts?.is_taken) return new Refused('code_taken')
  return Number(facts?.count) >= emoteLimits.ownMax ? new Refused('too_many_emotes') : undefined
}
