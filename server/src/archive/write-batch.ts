/** Stores a batch of records in one statement, and with it reserves the numbers that come next. */
import type { LogRecord } from '@odeon/rooms/ports'
import { validate as isUuid } from 'uuid'
import type { Sql } from '../platform/database.ts'

export interface QueuedRecord {
  roomId: string
  epoch: number
  record: LogRecord
  /** The entry as PostgreSQL and the spool take it, made once. */
  json: string
}

export function queued(roomId: string, epoch: number, record: LogRecord): QueuedRecord {
  return { roomId, epoch, record, json: storable(record.entry) }
}

export interface Reservation {
  roomId: string
  epoch: number
  reservedTo: number
}

/**
 * Harmless when repeated: a stored entry is never changed. Answers the rooms whose reservation
 * was made; a room that is missing has been opened by another process since.
 */
export async function writeBatch(
  sql: Sql,
  batch: QueuedRecord[],
  reservations: Reservation[],
): Promise<Set<string>> {
  const entries = batch.map(({ record }) => record.entry)
  const rows = await sql<{ room_id: string }>`
    with written as (
      insert into log_entries (room_id, seq, epoch, at, type, sender_id, entry)
      select room_id, seq, epoch, to_timestamp(at / 1000.0), type, sender_id, entry
      from unnest(
        ${batch.map((one) => one.roomId)}::text[],
        ${entries.map((entry) => entry.seq)}::bigint[],
        ${batch.map((one) => one.epoch)}::int[],
        ${entries.map((entry) => entry.at)}::float8[],
        ${batch.map((one) => one.record.type)}::text[],
        ${entries.map(senderOf)}::uuid[],
        ${batch.map((one) => one.json)}::jsonb[]
      ) as record (room_id, seq, epoch, at, type, sender_id, entry)
      on conflict (room_id, seq) do nothing
    )
    update room_epochs set reserved_to = greatest(room_epochs.reserved_to, next.reserved_to)
    from unnest(
      ${reservations.map((one) => one.roomId)}::text[],
      ${reservations.map((one) => one.epoch)}::int[],
      ${reservations.map((one) => one.reservedTo)}::bigint[]
    ) as next (room_id, epoch, reserved_to)
    where room_epochs.room_id = next.room_id and room_epochs.epoch = next.epoch
    returning room_epochs.room_id`
  return new Set(rows.map((row) => row.room_id))
}

/** The person an entry is of: who said it, or who caused it. */
function senderOf(entry: LogRecord['entry']): string | null {
  const person = (entry.from ?? entry.by) as { id?: unknown } | undefined
  return typeof person?.id === 'string' && isUuid(person.id) ? person.id : null
}

/** JSON as PostgreSQL takes it: no NUL character, no half of a surrogate pair. */
function storable(entry: LogRecord['entry']): string {
  const json = JSON.stringify(entry)
  if (!/\\u(0000|d[89a-f])/i.test(json)) return json
  return JSON.stringify(entry, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  )
}
