/**
 * Epochs: each opening of a room begins one. Its numbers start above every number an earlier epoch
 * may have given out, stored or not (docs/decisions/0008).
 */
import type { Sql } from '../platform/database.ts'
import { archiveLimits } from './limits.ts'

export interface OpenedRoom {
  epoch: number
  head: number
  reservedTo: number
}

/**
 * `own` is what this process knows of the room when it ran it last: then no entry is missing, and
 * the log goes on without a jump.
 */
export async function openEpoch(
  transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>,
  roomId: string,
  own: { epoch: number; lastSeq: number } | undefined,
): Promise<OpenedRoom> {
  return await transaction(async (sql) => {
    await sql`
      insert into room_epochs (room_id, epoch, reserved_to) values (${roomId}, 0, 0)
      on conflict (room_id) do nothing`
    const [row] = await sql<{ epoch: number; reserved_to: string }>`
      select epoch, reserved_to from room_epochs where room_id = ${roomId} for update`
    const [stored] = await sql<{ head: string }>`
      select coalesce(max(seq), 0) as head from log_entries where room_id = ${roomId}`
    if (!row || !stored) throw new Error(`room ${roomId} has no epoch`)
    const isOurs = own !== undefined && own.epoch === row.epoch
    const announced = isOurs ? own.lastSeq : Number(row.reserved_to)
    const head = Math.max(announced, Number(stored.head))
    const opened = { epoch: row.epoch + 1, head, reservedTo: head + archiveLimits.reservedAhead }
    await sql`
      update room_epochs set epoch = ${opened.epoch}, reserved_to = ${opened.reservedTo},
        opened_at = now()
      where room_id = ${roomId}`
    return opened
  })
}

/** Gives back the numbers that were reserved and not used, so that the next epoch has no jump. */
export async function sealEpochs(
  sql: Sql,
  rooms: { roomId: string; epoch: number; lastSeq: number }[],
): Promise<void> {
  await sql`
    update room_epochs set reserved_to = own.last_seq
    from unnest(
      ${rooms.map((room) => room.roomId)}::text[],
      ${rooms.map((room) => room.epoch)}::int[],
      ${rooms.map((room) => room.lastSeq)}::bigint[]
    ) as own (room_id, epoch, last_seq)
    where room_epochs.room_id = own.room_id and room_epochs.epoch = own.epoch`
}
