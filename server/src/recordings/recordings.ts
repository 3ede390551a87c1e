/** Recordings as they are read: what there is of a stream, segments, what was said meanwhile. */
import { liveRoomId, pulseMs } from '@odeon/rooms'
import type { Logger, LogRecord, StreamFacts } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import type { Streams } from '../streams/streams.ts'
import { recorderLimits } from './limits.ts'
import type { ReplayView } from './protocol.ts'
import { keyOf } from './segment-shelf.ts'
import type { SegmentStore } from './store/segment-store.ts'

export interface Recordings {
  /** Null when nobody is shown such a stream. */
  view(streamId: string): Promise<ReplayView | null>
  /** Null when nobody may have it, or there is none. */
  segment(streamId: string, name: string): Promise<Buffer | null>
  /** Entries after `after` up to `to`, oldest first, as they read now. */
  entries(
    streamId: string,
    range: { after: number; to: number; limit: number },
  ): Promise<{ records: LogRecord[]; more: boolean }>
  /** Takes a recording away for good. False when there is none. */
  remove(streamId: string): Promise<boolean>
  /** Takes away what is older than it is kept for, or whose stream is gone; says how many. */
  removeOld(): Promise<number>
}

export interface RecordingsDeps {
  database: Pick<Database, 'sql'>
  store: SegmentStore
  streams: Pick<Streams, 'shown'>
  keptDays: number
  log: Logger
  now(): number
}

interface Row {
  epoch: number
  n: number
  name: string
  startedAt: number
  endedAt: number
  headFrom: number
  head: number
  frames: number
  bytes: number
  pulse: number[]
  quoted: string[]
  isAfterHole: boolean
  isClosed: boolean
}

const dayMs = 24 * 60 * 60_000

export function recordings(deps: RecordingsDeps): Recordings {
  const { database, store, streams } = deps
  const { sql } = database
  return {
    async view(streamId) {
      const stream = await streams.shown(streamId)
      return stream && (await viewOf(deps, stream))
    },

    async segment(streamId, name) {
      const stream = await streams.shown(streamId)
      if (stream?.phase !== 'ended') return null
      const roomId = liveRoomId(streamId)
      const [row] = await sql`
        select from recording_segments s join recordings r using (room_id)
        where s.room_id = ${roomId} and s.name = ${name} and r.removed_at is null`
      return row ? await store.get(keyOf(roomId, name)) : null
    },

    async entries(streamId, { after, to, limit }) {
      const found = await sql<LogRecord>`
        select type, entry from log_entries
        where room_id = ${liveRoomId(streamId)} and seq > ${after} and seq <= ${to}
        order by seq limit ${limit + 1}`
      return { records: found.slice(0, limit), more: found.length > limit }
    },

    async remove(streamId) {
      const roomId = liveRoomId(streamId)
      const removed = await sql`
        update recordings set removed_at = ${new Date(deps.now())}, removed_by = 'person'
        where room_id = ${roomId} and removed_at is null returning room_id`
      await clear(deps, roomId)
      return removed.length > 0
    },

    async removeOld() {
      // Who stops recording has not said that what there is shall go.
      const before = new Date(deps.keptDays > 0 ? deps.now() - deps.keptDays * dayMs : 0)
      const rooms = await sql<{ roomId: string }>`
        update recordings set removed_at = ${new Date(deps.now())}, removed_by = 'age'
        where room_id in (
          select room_id from recordings r left join streams s on r.room_id = 'live_' || s.id
          where r.removed_at is null
            and (s.id is null or (s.phase = 'ended' and s.ended_at < ${before}))
          limit ${recorderLimits.removedAtOnceMax})
        returning room_id as "roomId"`
      await clearRemoved(deps)
      return rooms.length
    },
  }
}

/** Nobody is served it any more by now; bytes go first, so that none is forgotten. */
async function clear({ database, store }: RecordingsDeps, roomId: string): Promise<void> {
  for (const key of await store.list(roomId)) await store.remove(key)
  await database.sql`delete from recording_segments where room_id = ${roomId}`
}

/** What was removed and has rows still: just now, or by whoever could not finish. */
async function clearRemoved(deps: RecordingsDeps): Promise<void> {
  const rooms = await deps.database.sql<{ roomId: string }>`
    select room_id as "roomId" from recordings r where removed_at is not null
      and exists (select from recording_segments s where s.room_id = r.room_id)
    limit ${recorderLimits.removedAtOnceMax}`
  for (const { roomId } of rooms) {
    try {
      await clear(deps, roomId)
    } catch (err) {
      deps.log.warn({ err, roomId }, 'a recording was not taken away; the next round tries again')
    }
  }
}

async function viewOf(deps: RecordingsDeps, stream: StreamFacts): Promise<ReplayView> {
  const { sql } = deps.database
  const roomId = liveRoomId(stream.id)
  const [recording] = await sql<{ removedBy: 'age' | 'person' | null }>`
    select removed_by as "removedBy" from recordings where room_id = ${roomId}`
  const nothing = (status: ReplayView['status']): ReplayView => ({
    status,
    startedAt: 0,
    durationMs: 0,
    segments: [],
    lost: [],
    pulse: [],
    pulseMs,
    quoted: {},
  })
  if (recording?.removedBy) return nothing(recording.removedBy === 'age' ? 'expired' : 'removed')
  const isRecorded = deps.keptDays > 0
  if (stream.phase !== 'ended') return nothing(isRecorded ? 'recording' : 'none')
  const rows = await rowsOf(deps, roomId)
  if (isRecorded && isSettling(rows, stream.endedAt, deps.now())) return nothing('recording')
  if (rows.length === 0) return nothing('none')
  const startedAt = Math.min(stream.startedAt, rows[0]?.startedAt ?? stream.startedAt)
  const isKept = await keptIn(deps, roomId)
  const kept = rows.filter(isKept)
  const lost = rows.filter((row) => !isKept(row)).map(({ name }) => name)
  if (kept.length === 0) return { ...nothing('lost'), lost }
  // The frame that says it is over comes a moment after the end.
  const endedAt = Math.max(stream.endedAt, rows.at(-1)?.endedAt ?? 0)
  return {
    status: 'ready',
    startedAt,
    durationMs: endedAt - startedAt,
    segments: kept.map((row, index) => segmentOf(row, kept[index - 1])),
    lost,
    pulse: pulseOf(rows, startedAt, endedAt),
    pulseMs,
    quoted: await quotedIn(deps, roomId, rows),
  }
}

/** The end is written a moment after it happened. */
function isSettling(rows: readonly Row[], endedAt: number, now: number): boolean {
  if (now - endedAt > recorderLimits.settledAfterMs) return false
  const last = rows.at(-1)
  return !(last?.isClosed && last.endedAt >= endedAt - 1_000)
}

async function rowsOf({ database }: RecordingsDeps, roomId: string): Promise<Row[]> {
  return await database.sql<Row>`
    select epoch, n, name, started_at as "startedAt", ended_at as "endedAt",
      head_from::float8 as "headFrom", head::float8 as head, frames, bytes, pulse, quoted,
      is_after_hole as "isAfterHole", is_closed as "isClosed"
    from recording_segments where room_id = ${roomId} order by epoch, n`
}

/** What the store has now. One that does not answer has lost nothing that anybody knows of. */
async function keptIn({ store, log }: RecordingsDeps, roomId: string) {
  const keys = await store.list(roomId).then(
    (found) => new Set(found),
    (err: unknown) => {
      log.warn({ err, roomId }, 'nobody knows which segments are kept; the store does not answer')
    },
  )
  return ({ name }: Row) => keys?.has(keyOf(roomId, name)) ?? true
}

/** A segment that was never stored or is lost is a hole, too: its neighbour does not follow. */
function segmentOf(row: Row, before: Row | undefined): ReplayView['segments'][number] {
  const { name, epoch, startedAt, endedAt, headFrom, head, frames, bytes } = row
  const follows =
    before === undefined ? row.n === 0 : before.epoch === epoch && before.n + 1 === row.n
  const isAfterHole = row.isAfterHole || !follows
  return { name, epoch, startedAt, endedAt, headFrom, head, frames, bytes, isAfterHole }
}

function pulseOf(rows: readonly Row[], startedAt: number, endedAt: number): number[] {
  const points = Math.max(1, Math.ceil((endedAt - startedAt) / pulseMs))
  const pulse = Array.from({ length: points }, () => 0)
  for (const row of rows) {
    for (const [index, warmth] of row.pulse.entries()) {
      const at = Math.floor((row.startedAt - startedAt) / pulseMs) + index
      if (at >= 0 && at < points) pulse[at] = (pulse[at] ?? 0) + warmth
    }
  }
  return pulse
}

/** Read where lines are taken out, so that what is gone is not said here either. */
async function quotedIn(
  { database }: RecordingsDeps,
  roomId: string,
  rows: readonly Row[],
): Promise<ReplayView['quoted']> {
  const ids = [...new Set(rows.flatMap(({ quoted }) => quoted))]
  if (ids.length === 0) return {}
  const lines = await database.sql<{ id: string; text: string; name: string }>`
    select entry ->> 'id' as id, entry ->> 'text' as text, entry -> 'from' ->> 'name' as name
    from log_entries
    where room_id = ${roomId} and type = 'chat.posted' and not (entry ? 'removed')
      and entry ->> 'id' = any(${ids})`
  return Object.fromEntries(lines.map(({ id, text, name }) => [id, { text, name }]))
}
