/** Boxes as PostgreSQL has them. The seed of one that is not drawn goes nowhere from here. */
import type { TreasureOutcome, TreasureRecord } from '@odeon/rooms/ports'
import type { Seal } from '../outputs/seal.ts'
import type { Sql } from '../platform/database.ts'

/**
 * `funding`: the coins may be put aside or not. `open`: they are. `drawn`: it is settled who gets
 * them. `paid`: they have.
 */
export type BoxState = 'funding' | 'open' | 'drawn' | 'paid'

/** What of a box is settled with its funding, and when its stream was over. */
export type SettledParts = Omit<TreasureRecord, 'claims' | 'outcome'>

export interface KeptBox {
  /** Without an outcome until it is paid. */
  box: TreasureRecord
  state: BoxState
  seed: string
  drawn: TreasureOutcome | null
}

interface Row {
  record: SettledParts
  state: BoxState
  seed: string
  claims: number
  outcome: TreasureOutcome | null
}

const aboutOf = (boxId: string): string => `seed of treasure box ${boxId}`

export const sealSeed = (seal: Seal, boxId: string, seed: string): string =>
  seal.seal(seed, aboutOf(boxId)).toString('base64url')

/** Undefined when its key is gone. What was kept before seeds were sealed is as it is. */
export function openSeed(seal: Seal, { box, seed }: KeptBox): string | undefined {
  if (/^[\da-f]{64}$/.test(seed)) return seed
  return seal.open(Buffer.from(seed, 'base64url'), aboutOf(box.id))
}

export async function boxOf(sql: Sql, id: string): Promise<KeptBox | undefined> {
  const rows = await sql<Row>`
    select record, state, seed, claims, outcome from treasure_boxes where id = ${id}`
  return rows.map(keptOf)[0]
}

/** In a transaction: nobody else changes it meanwhile. */
export async function lockedBox(sql: Sql, id: string): Promise<KeptBox | undefined> {
  const rows = await sql<Row>`
    select record, state, seed, claims, outcome from treasure_boxes where id = ${id} for update`
  return rows.map(keptOf)[0]
}

/** The newest of a stream whose coins are put aside. */
export async function newestBox(sql: Sql, streamId: string): Promise<KeptBox | undefined> {
  const rows = await sql<Row>`
    select record, state, seed, claims, outcome from treasure_boxes
    where stream_id = ${streamId}::uuid and state <> 'funding'
    order by funded_at desc limit 1`
  return rows.map(keptOf)[0]
}

function keptOf({ record, state, seed, claims, outcome }: Row): KeptBox {
  // Of before anything was said of it.
  const drawn = outcome && { ...outcome, isExpired: outcome.isExpired ?? false }
  const box = { ...record, claims, outcome: state === 'paid' ? drawn : null }
  return { box, state, seed, drawn }
}
