/**
 * Draws a box when its time has come, and pays what was drawn. It is settled in a transaction of
 * its own before a coin moves, so whoever comes behind one who died pays the same, by the same id.
 */
import { type Claimer, closesAt, drawBox, drawnFrom, expiredOutcome } from '@odeon/rooms'
import type { Ledger, TransferAsk, TreasureOutcome, TreasureRecord } from '@odeon/rooms/ports'
import type { Seal } from '../outputs/seal.ts'
import type { Database, Sql } from '../platform/database.ts'
import { expiryOf } from '../wallet/expire-holds.ts'
import { boxOf, type KeptBox, lockedBox, openSeed } from './box-rows.ts'
import { treasurePaces } from './limits.ts'
import type { TreasureMeter } from './treasure-meter.ts'

export interface SettleDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  ledger: Ledger
  now: () => number
  meter: TreasureMeter
  holdIdOf: (boxId: string) => string
  seal: Seal
}

/** From then on the upkeep looks after it, should its room not have done so. */
export const dueOf = (box: TreasureRecord): Date =>
  new Date(drawnFrom(box) + treasurePaces.roomFirstMs)

export async function settleBox(deps: SettleDeps, id: string): Promise<TreasureRecord | null> {
  const { database, now, seal } = deps
  const kept = await database.transaction((tx) => drawIn(tx, id, { seal, at: now() }))
  if (kept === undefined || kept.state === 'funding') return null
  return kept.state === 'drawn' ? pay(deps, kept) : kept.box
}

/** Nobody claims any more from this moment. */
export async function closeBox(
  { database, now }: Pick<SettleDeps, 'database' | 'now'>,
  id: string,
): Promise<TreasureRecord | null> {
  return await database.transaction(async (tx) => {
    const kept = await lockedBox(tx, id)
    if (kept === undefined) return null
    const { box, state } = kept
    if (state !== 'open' || box.closedAt !== null || now() >= closesAt(box)) return box
    const closed = { ...box, closedAt: now() }
    const change = JSON.stringify({ closedAt: closed.closedAt })
    await tx`
      update treasure_boxes
      set due_at = ${dueOf(closed)}, record = record || ${change}::jsonb
      where id = ${id}`
    return closed
  })
}

async function drawIn(
  tx: Sql,
  id: string,
  { seal, at }: { seal: Seal; at: number },
): Promise<KeptBox | undefined> {
  const kept = await lockedBox(tx, id)
  if (kept?.state !== 'open' || at < drawnFrom(kept.box)) return kept
  const { box } = kept
  const seed = openSeed(seal, kept)
  // The tickets of a draw are those of people who can be paid.
  await tx`delete from treasure_claims where box_id = ${id} and user_id is null`
  const claimers = await tx<Claimer>`
    select user_id as id, name, ticket from treasure_claims where box_id = ${id}`
  // Without the key of its seed it cannot be drawn: all of it goes back.
  const isLost = seed === undefined
  const outcome = isLost ? expiredOutcome(box, at) : await drawBox(box, { seed, claimers, at })
  await tx`
    update treasure_boxes
    set state = 'drawn', outcome = ${JSON.stringify(outcome)}::jsonb, due_at = ${new Date(at)}
    where id = ${id}`
  return { ...kept, state: 'drawn', drawn: outcome }
}

async function pay(deps: SettleDeps, { box, drawn }: KeptBox): Promise<TreasureRecord> {
  const { ledger, database, meter, holdIdOf, now } = deps
  const made = drawn as TreasureOutcome
  const holdId = holdIdOf(box.id)
  const paid = await ledger.transfer(shareOut(box, made, holdId))
  let outcome = { ...made, drawnAt: now() }
  if ('refused' in paid) {
    // Nothing of ours ran for so long that the coins went back by themselves.
    if (paid.refused !== 'hold_expired' && paid.refused !== 'hold_resolved') {
      throw new Error(`the ledger said ${paid.refused}`)
    }
    const back = await ledger.transfer(expiryOf(holdId))
    if ('refused' in back && back.refused !== 'hold_resolved') {
      throw new Error(`the ledger said ${back.refused}`)
    }
    outcome = expiredOutcome(box, now())
  }
  const rows = await database.sql`
    update treasure_boxes set state = 'paid', outcome = ${JSON.stringify(outcome)}::jsonb
    where id = ${box.id} and state = 'drawn' returning id`
  // Somebody else was first: theirs is what came of it.
  if (rows.length === 0) return (await boxOf(database.sql, box.id))?.box ?? { ...box, outcome }
  meter.drawn(outcome)
  return { ...box, outcome }
}

/** What nobody got goes back to whoever filled it, in the same transfer. */
function shareOut(
  { id, streamId }: TreasureRecord,
  { lucky }: TreasureOutcome,
  holdId: string,
): TransferAsk {
  const to = lucky.map(({ id: userId, coins: amount }) => {
    return { to: { kind: 'user' as const, userId, currency: 'coin' as const }, amount }
  })
  return {
    id,
    by: 'treasure_draw',
    kind: 'treasure_draw',
    movement: { do: 'resolve', holdId, to },
    details: { boxId: id, streamId },
  }
}
