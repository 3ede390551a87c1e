/** Stores segments: bytes first, then the row that names them, then the old bytes go. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { WrittenSegment } from '@odeon/rooms'
import type { Database } from '../platform/database.ts'
import type { SegmentStore } from './store/segment-store.ts'

const compress = promisify(gzip)

/** Its address says its content, so what is under a name never changes. */
export function segmentName({ epoch, n }: { epoch: number; n: number }, bytes: Uint8Array): string {
  return `${epoch}-${n}-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`
}

export const keyOf = (roomId: string, name: string): string => `${roomId}/${name}.gz`

export interface SegmentShelf {
  /** Resolves with the bytes it takes; null when the recording was removed. */
  put(roomId: string, segment: WrittenSegment): Promise<number | null>
  /** Bytes that a recording takes. */
  bytesOf(roomId: string): Promise<number>
}

export function segmentShelf({
  database,
  store,
}: {
  database: Pick<Database, 'sql'>
  store: SegmentStore
}): SegmentShelf {
  const { sql } = database
  return {
    async put(roomId, { facts, text, isClosed }) {
      const [recording] = await sql<{ is_removed: boolean }>`
        insert into recordings (room_id) values (${roomId})
        on conflict (room_id) do update set room_id = excluded.room_id
        returning removed_at is not null as is_removed`
      if (recording?.is_removed) return null
      const bytes = await compress(text)
      const name = segmentName(facts, bytes)
      const [before] = await sql<{ name: string }>`
        select name from recording_segments
        where room_id = ${roomId} and epoch = ${facts.epoch} and n = ${facts.n}`
      await store.put(keyOf(roomId, name), bytes)
      const [added] = await sql`
        insert into recording_segments (room_id, epoch, n, name, started_at, ended_at, head_from,
          head, frames, entries, bytes, pulse, quoted, is_after_hole, is_closed)
        select room_id, ${facts.epoch}::int, ${facts.n}::int, ${name}, ${facts.startedAt}::float8,
          ${facts.endedAt}::float8, ${facts.headFrom}::bigint, ${facts.head}::bigint,
          ${facts.frames}::int, ${facts.entries}::int, ${bytes.byteLength}::int,
          ${JSON.stringify(facts.pulse)}::jsonb, ${facts.quoted}::text[],
          ${facts.isAfterHole}::boolean, ${isClosed}::boolean
        from recordings where room_id = ${roomId} and removed_at is null for share
        on conflict (room_id, epoch, n) do update set name = excluded.name,
          ended_at = excluded.ended_at, head = excluded.head, frames = excluded.frames,
          entries = excluded.entries, bytes = excluded.bytes, pulse = excluded.pulse,
          quoted = excluded.quoted, is_closed = excluded.is_closed
        returning name`
      if (added === undefined) {
        // Taken away meanwhile, and looked through before this was there.
        await store.remove(keyOf(roomId, name))
        return null
      }
      if (before && before.name !== name) await store.remove(keyOf(roomId, before.name))
      return bytes.byteLength
    },
    async bytesOf(roomId) {
      const [row] = await sql<{ bytes: string }>`
        select coalesce(sum(bytes), 0) as bytes from recording_segments where room_id = ${roomId}`
      return Number(row?.bytes ?? 0)
    },
  }
}
