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
  /** Replaces what is stored under its `seq` instead of adding to it. */
  amends: boolean
}

export function queued(
  roomId: string,
  epoch: number,
  record: LogRecord,
  amends = false,
): QueuedRecord {
  return { roomId, epoch, record, json: storable(record.entry), amends }
}

export interface Reservation {
  roomId: string
  epoch: number
  reservedTo: number
}

export interface Conflict {
  roomId: string
  seq: number
  epoch: number
  /** Of the entry that is stored. */
  storedEpoch: number
}

export interface Written {
  /** Rooms whose reservation was made. */
  reserved: Set<string>
  /** The epoch of each room of the batch; a later one than ours was opened by another process. */
  epochs: Map<string, number>
  /** Not stored, because another writer of the room has said something else under their number. */
  conflicts: Conflict[]
}

/** Harmless when repeated: adding never changes a stored entry, amending comes to the same. */
export async function writeBatch(
  sql: Sql,
  batch: QueuedRecord[],
  reservations: Reservation[],
): Promise<Written> {
  const amended = newestOfEach(batch.filter(({ amends }) => amends))
  // A row added by a statement is not seen by its update, so it is added as amended at once.
  const added = batch
    .filter(({ amends }) => !amends)
    .map((one) => ({ ...one, json: amended.get(keyOf(one))?.json ?? one.json }))
  const amendments = [...amended.values()]
  const entries = added.map(({ record }) => record.entry)
  const rows = await sql<Row>`
    with written as (
      insert into log_entries (room_id, seq, epoch, at, type, sender_id, entry)
      select room_id, seq, epoch, to_timestamp(at / 1000.0), type, sender_id, entry
      from unnest(
        ${added.map((one) => one.roomId)}::text[],
        ${entries.map((entry) => entry.seq)}::bigint[],
        ${added.map((one) => one.epoch)}::int[],
        ${entries.map((entry) => entry.at)}::float8[],
        ${added.map((one) => one.record.type)}::text[],
        ${entries.map(senderOf)}::uuid[],
        ${added.map((one) => one.json)}::jsonb[]
      ) as record (room_id, seq, epoch, at, type, sender_id, entry)
      on conflict (room_id, seq) do nothing
      returning seq
    ), amended as (
      update log_entries set entry = change.entry
      from unnest(
        ${amendments.map((one) => one.roomId)}::text[],
        ${amendments.map((one) => one.record.entry.seq)}::bigint[],
        ${amendments.map((one) => one.epoch)}::int[],
        ${amendments.map((one) => one.json)}::jsonb[]
      ) as change (room_id, seq, epoch, entry)
      where log_entries.room_id = change.room_id and log_entries.seq = change.seq
        and log_entries.epoch <= change.epoch
    ), reserved as (
      update room_epochs set reserved_to = greatest(room_epochs.reserved_to, next.reserved_to)
      from unnest(
        ${reservations.map((one) => one.roomId)}::text[],
        ${reservations.map((one) => one.epoch)}::int[],
        ${reservations.map((one) => one.reservedTo)}::bigint[]
      ) as next (room_id, epoch, reserved_to)
      where room_epochs.room_id = next.room_id and room_epochs.epoch = next.epoch
      returning room_epochs.room_id
    )
    select room_epochs.room_id, room_epochs.epoch, reserved.room_id is not null as is_reserved,
      (select count(*) from written)::int as added
    from room_epochs left join reserved on reserved.room_id = room_epochs.room_id
    where room_epochs.room_id = any(${[...new Set(batch.map((one) => one.roomId))]}::text[])`
  const wanted = new Set(added.map(keyOf)).size
  const isWhole = rows[0] === undefined || rows[0].added === wanted
  return {
    conflicts: isWhole ? [] : await conflictsOf(sql, added),
    reserved: new Set(rows.filter((row) => row.is_reserved).map((row) => row.room_id)),
    epochs: new Map(rows.map((row) => [row.room_id, row.epoch])),
  }
}

interface Row {
  room_id: string
  epoch: number
  is_reserved: boolean
  /** How many of all records of the batch were stored. */
  added: number
}

/**
 * Of records that are not stored, those in whose place another writer's are. A successor stores
 * what the writer before it said, under its own epoch: that is the same entry, whoever is first.
 */
async function conflictsOf(sql: Sql, batch: QueuedRecord[]): Promise<Conflict[]> {
  return await sql<Conflict>`
    select record.room_id as "roomId", record.seq::int8::float8 as seq, record.epoch,
      stored.epoch as "storedEpoch"
    from unnest(
      ${batch.map((one) => one.roomId)}::text[],
      ${batch.map(({ record }) => record.entry.seq)}::bigint[],
      ${batch.map((one) => one.epoch)}::int[],
      ${batch.map(({ record }) => record.entry.at)}::float8[],
      ${batch.map(({ record }) => record.type)}::text[]
    ) as record (room_id, seq, epoch, at, type)
    join log_entries as stored on stored.room_id = record.room_id and stored.seq = record.seq
    where stored.epoch <> record.epoch
      and (stored.type <> record.type or stored.at <> to_timestamp(record.at / 1000.0))`
}

const keyOf = ({ roomId, record }: QueuedRecord) => `${record.entry.seq} ${roomId}`

function newestOfEach(batch: QueuedRecord[]): Map<string, QueuedRecord> {
  return new Map(batch.map((one) => [keyOf(one), one]))
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
