/**
 * Fills a box: its record first, so that its times are the same in each try; then the coins, by an
 * id made of it; then it is open. Whoever dies between is followed by `tendFunding`.
 */
import {
  commitmentOf,
  rulesOf,
  transferId,
  treasureLimits,
  treasurePhaseOf,
  type TreasureRefusalCode,
} from '@odeon/rooms'
import type {
  Ledger,
  Receipt,
  TransferAsk,
  TreasureDesk,
  TreasureFunding,
  TreasureRecord,
} from '@odeon/rooms/ports'
import type { Seal } from '../outputs/seal.ts'
import type { Database, Sql } from '../platform/database.ts'
import { boxOf, type KeptBox, newestBox, sealSeed, type SettledParts } from './box-rows.ts'
import { treasurePaces } from './limits.ts'
import { dueOf } from './settle-box.ts'

export interface FundDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  ledger: Ledger
  now: () => number
  seal: Seal
  /** Nobody can guess it: 64 hexadecimal digits. */
  newSeed: () => string
}

type Funded = Awaited<ReturnType<TreasureDesk['fund']>>

const asker = 'treasure'
/** The ledger's name for the coins of a box. */
export const holdIdOf = (boxId: string): string => transferId({ by: asker, id: boxId })

const refusals: Partial<Record<string, TreasureRefusalCode>> = {
  insufficient_coins: 'insufficient_coins',
  frozen_account: 'wallet_frozen',
  ledger_busy: 'ledger_busy',
  id_reused: 'request_reused',
}

export async function fundBox(deps: FundDeps, ask: TreasureFunding): Promise<Funded> {
  const { database, ledger } = deps
  const begun = await begin(deps, ask)
  if ('refused' in begun) return begun
  const { box } = begun
  const outcome = await ledger.transfer(holdOf(box))
  if ('receipt' in outcome) return opened(deps, box, outcome.receipt)
  const refused = refusals[outcome.refused]
  // Nobody knows yet: the funder asks again with the same id.
  if (refused === undefined) throw new Error(`the ledger said ${outcome.refused}`)
  await database.sql`delete from treasure_boxes where id = ${box.id} and state = 'funding'`
  return refused === 'ledger_busy'
    ? { refused, retryAfterMs: treasurePaces.busyForMs }
    : { refused }
}

/** A box that stayed `funding`: open if its coins are put aside, and gone if they are not. */
export async function tendFunding({ database: { sql } }: FundDeps, { box }: KeptBox) {
  const [held] = await sql`select id from ledger_open_holds where id = ${holdIdOf(box.id)}`
  if (held !== undefined) await open(sql, box)
  else await sql`delete from treasure_boxes where id = ${box.id} and state = 'funding'`
}

async function begin(
  deps: FundDeps,
  ask: TreasureFunding,
): Promise<KeptBox | { refused: TreasureRefusalCode }> {
  const { sql } = deps.database
  const id = transferId({ by: `treasure:${ask.funder.id}`, id: ask.id })
  const known = await knownOf(sql, id, ask)
  if (known !== undefined) return known
  if (!ask.isLive) return { refused: 'not_live' }
  const seed = deps.newSeed()
  const parts = await partsOf(id, ask, { seed, now: deps.now() })
  try {
    const refused = await deps.database.transaction((tx) =>
      beginIn(tx, parts, sealSeed(deps.seal, id, seed)),
    )
    if (refused !== undefined) return { refused }
  } catch (error) {
    if (!isTaken(error)) throw error
    return (await knownOf(sql, id, ask)) ?? { refused: 'box_there' }
  }
  return (await boxOf(sql, id)) as KeptBox
}

/** What was begun by this id before, if it is what is asked for now. */
async function knownOf(
  sql: Sql,
  id: string,
  ask: TreasureFunding,
): Promise<KeptBox | { refused: TreasureRefusalCode } | undefined> {
  const known = await boxOf(sql, id)
  if (known === undefined) return undefined
  return isSame(known.box, ask) ? known : { refused: 'request_reused' }
}

async function partsOf(
  id: string,
  { streamId, funder, coins, shares, opensInMs, openMs }: TreasureFunding,
  { seed, now: fundedAt }: { seed: string; now: number },
): Promise<SettledParts> {
  const opensAt = fundedAt + opensInMs
  const times = { fundedAt, opensAt, endsAt: opensAt + openMs, closedAt: null }
  const parts = { id, streamId, funder, coins, shares, ...times, commitment: '' }
  const rules = rulesOf({ ...parts, claims: 0, outcome: null })
  return { ...parts, commitment: await commitmentOf({ ...rules }, seed) }
}

/** Unless a box of the stream is still seen, or the funder has put in what a day may take. */
async function beginIn(
  sql: Sql,
  parts: SettledParts,
  seed: string,
): Promise<TreasureRefusalCode | undefined> {
  const { id, streamId, funder, coins, fundedAt } = parts
  // One of a funder at a time, or two would each find room for themselves in the same day.
  await sql`select pg_advisory_xact_lock(hashtextextended('treasure ' || ${funder.id}, 0))`
  const before = await newestBox(sql, streamId)
  if (before && treasurePhaseOf(before.box, fundedAt).phase !== 'none') return 'box_there'
  const [day] = await sql<{ coins: string | null }>`
    select sum((record->>'coins')::bigint) as coins from treasure_boxes
    where record->'funder'->>'id' = ${funder.id}
      and funded_at > ${new Date(fundedAt - treasurePaces.dayMs)}`
  if (Number(day?.coins ?? 0) + coins > treasureLimits.coinsPerDayMax) return 'box_day_limit'
  await sql`
    insert into treasure_boxes (id, stream_id, state, seed, record, funded_at, due_at)
    values (${id}, ${streamId}, 'funding', ${seed}, ${JSON.stringify(parts)}::jsonb,
      ${new Date(fundedAt)}, ${new Date(fundedAt + treasurePaces.fundingMs)})`
  return undefined
}

function isSame(box: TreasureRecord, ask: TreasureFunding): boolean {
  const { streamId, coins, shares, fundedAt, opensAt, endsAt } = box
  const isAsTimed = opensAt - fundedAt === ask.opensInMs && endsAt - opensAt === ask.openMs
  return isAsTimed && streamId === ask.streamId && coins === ask.coins && shares === ask.shares
}

function holdOf({ id, streamId, funder, coins, shares, endsAt }: TreasureRecord): TransferAsk {
  const from = { kind: 'user', userId: funder.id, currency: 'coin' } as const
  const expiresAt = endsAt + treasurePaces.heldMs
  const movement = { do: 'hold', from, amount: coins, expiresAt } as const
  return { id, by: asker, kind: 'treasure', movement, details: { boxId: id, streamId, shares } }
}

async function opened(
  { ledger, database: { sql } }: FundDeps,
  box: TreasureRecord,
  receipt: Receipt,
): Promise<Funded> {
  await open(sql, box)
  const kept = await boxOf(sql, box.id)
  if (kept !== undefined && kept.state !== 'funding') {
    return { box: kept.box, balanceCoins: receipt.balances[0]?.balance ?? 0 }
  }
  // It took so long that the box was given up: the coins go back.
  const movement = { do: 'resolve', holdId: receipt.id, to: [] } as const
  await ledger.transfer({ id: box.id, by: 'treasure_back', kind: 'treasure_back', movement })
  throw new Error('a treasure box was given up before its coins came')
}

/** Whoever does it first. */
async function open(sql: Sql, box: TreasureRecord): Promise<void> {
  await sql`
    update treasure_boxes set state = 'open', due_at = ${dueOf(box)}
    where id = ${box.id} and state = 'funding'`
}

/** Unique violation: the stream has a box. */
const isTaken = (error: unknown): boolean => (error as { code?: string } | null)?.code === '23505'
