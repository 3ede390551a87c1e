/** The books of a house in its database: what was given there, and does it add up? */
import { liveRoomId, pointsOfGift, pointsOfReactions } from '@odeon/rooms'
import type { BattleRecord } from '@odeon/rooms/ports'
import { type Database, openDatabase, type Sql } from './platform/database.ts'
import { createLogger } from './platform/logging.ts'
import { schema } from './schema.ts'
import { postgresLedger } from './wallet/postgres-ledger.ts'
import { type LedgerReport, verifyLedger } from './wallet/verify-ledger.ts'

/** A gift as the ledger has it. */
export interface BookedGift {
  /** Id of the command that asked for it. */
  askId: string
  from: string
  streamId: string
  /** Its number in the stream, from 1. */
  n: number
  coins: number
  comboId: string
  units: number
}

export interface BookedBattle {
  isOver: boolean
  winner: number | null
  /** By stream: as the battle's record tells, and each gift of the ledger folded again. */
  told: Record<string, number>
  folded: Record<string, number>
}

export interface Books {
  topUp(people: readonly string[], coins: number): Promise<void>
  gifts(): Promise<BookedGift[]>
  /** Coins of people, by id. */
  coins(people: readonly string[]): Promise<Record<string, number>>
  /** Units of each combo as its sum tells, by id. */
  combos(): Promise<Record<string, number>>
  battle(streamId: string): Promise<BookedBattle | undefined>
  /** Numbers of the gifts that the kept log of a stream tells of, in its order. */
  logged(streamId: string): Promise<number[]>
  /** What all accounts sum to at this moment, and transfers so far. */
  sum(): Promise<{ sum: number; transfers: number }>
  verify(): Promise<LedgerReport>
  close(): Promise<void>
}

export async function openBooks(url: string): Promise<Books> {
  // It loses its connections on purpose, and says so often enough.
  const log = createLogger({ level: 'fatal', destination: process.stderr })
  const database = await openDatabase({ url, log, schema })
  const { sql } = database
  return {
    topUp: (people, coins) => topUp(database, people, coins),
    gifts: () => bookedGifts(sql),
    combos: async () => {
      const rows = await sql<{ id: string; units: string }>`
        select about as id, units from stream_tallies where of = 'combo'`
      return Object.fromEntries(rows.map(({ id, units }) => [id, Number(units)]))
    },
    coins: async (people) => {
      const rows = await sql<{ id: string; balance: string }>`
        select owner as id, balance from ledger_accounts
        where kind = 'user' and currency = 'coin' and owner = any(${[...people]}::text[])`
      return Object.fromEntries(rows.map(({ id, balance }) => [id, Number(balance)]))
    },
    battle: (streamId) => bookedBattle(sql, streamId),
    logged: async (streamId) => {
      const rows = await sql<{ n: string }>`
        select entry->>'n' as n from log_entries
        where room_id = ${liveRoomId(streamId)} and type = 'gift.sent' order by seq`
      return rows.map(({ n }) => Number(n))
    },
    sum: async () => {
      const [row] = await sql<{ sum: string; transfers: string }>`
        select (select coalesce(sum(balance), 0) from ledger_accounts) as sum,
          (select count(*) from ledger_transfers) as transfers`
      return { sum: Number(row?.sum), transfers: Number(row?.transfers) }
    },
    verify: () => verifyLedger(database.transaction),
    close: () => database.close(),
  }
}

async function topUp(database: Database, people: readonly string[], coins: number) {
  const log = createLogger({ level: 'warn', destination: process.stderr })
  const ledger = postgresLedger({ database, now: Date.now, log })
  const fills = people.map((userId) => {
    const from = { kind: 'gateway', currency: 'coin' } as const
    const to = { kind: 'user', userId, currency: 'coin' } as const
    const movement = { do: 'post', legs: [{ from, to, amount: coins }] } as const
    return ledger.transfer({ id: userId, by: 'chaos', kind: 'topup', movement })
  })
  for (const outcome of await Promise.all(fills)) {
    if ('refused' in outcome) throw new Error(`no coins: ${outcome.refused}`)
  }
}

async function bookedGifts(sql: Sql): Promise<BookedGift[]> {
  const rows = await sql<Record<keyof BookedGift, string>>`
    select ask_id as "askId", supporter_id as "from", stream_id as "streamId", stream_n as n,
      amount as coins, combo_id as "comboId", units
    from ledger_transfers where kind = 'gift' order by stream_id, stream_n`
  return rows.map(({ n, coins, units, ...one }) => {
    return { ...one, n: Number(n), coins: Number(coins), units: Number(units) }
  })
}

interface GivenRow {
  stream_id: string
  n: string
  gift_id: string
  coins: string
  asked_at: string
  at: string
}

/** Folded by the pure rule, gift by gift, not by the statement that the battle itself uses. */
async function bookedBattle(sql: Sql, streamId: string): Promise<BookedBattle | undefined> {
  const [row] = await sql<{ record: BattleRecord }>`
    select record from battles b join battle_sides s on s.battle_id = b.id
    where stream_id = ${streamId} order by invited_at desc limit 1`
  if (row === undefined) return undefined
  const { record } = row
  const ids = record.sides.map((side) => side.streamId)
  const given = await sql<GivenRow>`
    select stream_id, stream_n as n, details->>'giftId' as gift_id, amount as coins,
      (notes->>'askedAt')::float8 as asked_at, extract(epoch from at) * 1000 as at
    from ledger_transfers where kind = 'gift' and stream_id = any(${ids}::uuid[])`
  const taps = await sql<{ stream_id: string; reactions: string }>`
    select stream_id, reactions from battle_sides where battle_id = ${record.id}`
  const folded: Record<string, number> = {}
  for (const { stream_id: id, reactions } of taps) {
    folded[id] = pointsOfReactions(record, Number(reactions))
  }
  for (const { stream_id: id, gift_id: giftId, coins, asked_at: askedAt, at, n } of given) {
    const { fromN = 0 } = record.sides.find((side) => side.streamId === id) ?? {}
    if (Number(n) <= fromN) continue
    const gift = { giftId, coins: Number(coins), askedAt: Number(askedAt), at: Number(at) }
    folded[id] = (folded[id] ?? 0) + pointsOfGift(record, id, gift)
  }
  const { outcome } = record
  const told = outcome?.points ?? {}
  return { isOver: outcome !== null, winner: outcome?.winner ?? null, told, folded }
}
