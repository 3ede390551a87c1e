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
  /** Highest number that is stored. */
  stored: number
}

/** What the opener knows of the room's past. */
export interface Opener {
  /** Set when this process ran the room before. */
  own: { epoch: number; lastSeq: number } | undefined
  /** Name of a writer whose every announced entry is stored by now; `undefined` trusts nobody. */
  writer: string | undefined
}

/** Goes on without a jump when no announced entry can be missing; otherwise above all reserved. */
export async function openEpoch(
  transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>,
  roomId: string,
  { own, writer }: Opener,
): Promise<OpenedRoom> {
  return await transaction(async (sql) => {
    await sql`
      insert into room_epochs (room_id, epoch, reserved_to) values (${roomId}, 0, 0)
      on conflict (room_id) do nothing`
    const [row] = await sql<{ epoch: number; reserved_to: string; writer: string | null }>`
      select epoch, reserved_to, writer from room_epochs where room_id = ${roomId} for update`
    const [stored] = await sql<{ head: string }>`
      select coalesce(max(seq), 0) as head from log_entries where room_id = ${roomId}`
    if (!row || !stored) throw new Error(`room ${roomId} has no epoch`)
    let announced = Number(row.reserved_to)
    if (own?.epoch === row.epoch) announced = own.lastSeq
    else if (writer !== undefined && writer === row.writer) announced = 0
    const head = Math.max(announced, Number(stored.head))
    const reservedTo = head + archiveLimits.reservedAhead
    const opened = { epoch: row.epoch + 1, head, reservedTo, stored: Number(stored.head) }
    await sql`
      update room_epochs set epoch = ${opened.epoch}, reserved_to = ${opened.reservedTo},
        writer = ${writer ?? null}, opened_at = now()
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
