/**
 * Ledgers on a PostgreSQL of its own, commits on disk, for the benchmark of how many gifts a second
 * it takes: as rooms use it, and one transaction for each gift.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareTransfer, shareGift } from '@odeon/rooms'
import type { Ledger, TransferOutcome } from '@odeon/rooms/ports'
import { type Database, openDatabase } from './platform/database.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { createLogger } from './platform/logging.ts'
import { schema } from './schema.ts'
import { accountIds } from './wallet/account-ids.ts'
import { postgresLedger } from './wallet/postgres-ledger.ts'
import { verifyLedger } from './wallet/verify-ledger.ts'
import { writeBatch } from './wallet/write-batch.ts'

export interface LedgersAlone {
  /** One gift of somebody in one of the streams; rejects when it was not posted. */
  give: Record<'together' | 'each', () => Promise<void>>
  /** What PostgreSQL says of how it commits. */
  durable: boolean
  /** Faults the ledger has, after all of it. */
  verify(): Promise<string[]>
  close(): Promise<void>
}

const triesMax = 50

export async function openLedgers(options: {
  senders: number
  streams: number
}): Promise<LedgersAlone> {
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-ledger-'))
  const log = createLogger({ level: 'warn', destination: process.stderr })
  const postgres = await startEmbeddedPostgres({ dataDir, log })
  const database = await openDatabase({ url: postgres.url, log, schema })
  const close = async () => {
    await database.close()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const together = postgresLedger({ database, now: Date.now, log, stripe: 0 })
    const people = await newPeople(database, options.senders + options.streams)
    const hosts = people.splice(0, options.streams).map((id) => ({ id, streamId: randomUUID() }))
    await fill(together, people)
    const rows = await database.sql<{ setting: string }>`
      select setting from pg_settings where name in ('fsync', 'synchronous_commit')`
    return {
      give: {
        together: giver(together, people, hosts),
        each: giver(each(database), people, hosts),
      },
      durable: rows.every(({ setting }) => setting === 'on'),
      verify: async () => (await verifyLedger(database.transaction)).faults,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function newPeople({ sql }: Database, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID())
  await sql`
    insert into users (id, kind, username, name, created_at)
    select id, 'account', 'u' || substr(replace(id::text, '-', ''), 1, 18), 'Somebody', now()
    from unnest(${ids}::uuid[]) id`
  return ids
}

async function fill(ledger: Ledger, people: readonly string[]): Promise<void> {
  const fills = people.map((userId) => {
    const from = { kind: 'gateway', currency: 'coin' } as const
    const to = { kind: 'user', userId, currency: 'coin' } as const
    const movement = { do: 'post', legs: [{ from, to, amount: 1_000_000_000 }] } as const
    return ledger.transfer({ id: userId, by: 'bench', kind: 'topup', movement })
  })
  for (const outcome of await Promise.all(fills)) demandPosted(outcome)
}

function demandPosted(outcome: TransferOutcome): void {
  if ('refused' in outcome) throw new Error(`a transfer was refused: ${outcome.refused}`)
}

/** The same statements, each gift in a transaction of its own, over all connections of the pool. */
function each(database: Database): Ledger {
  const batch = { database, now: Date.now, stripe: 0, accountIds: accountIds(database.sql) }
  return {
    async transfer(ask) {
      for (let tries = 1; ; tries += 1) {
        try {
          return (await writeBatch(batch, [prepareTransfer(ask)])).outcomes[0] as TransferOutcome
        } catch (error) {
          // The first gifts of a stream race for its sums.
          if (tries >= triesMax) throw error
        }
      }
    },
  }
}

function giver(
  ledger: Ledger,
  people: readonly string[],
  hosts: readonly { id: string; streamId: string }[],
): () => Promise<void> {
  let turn = 0
  return async () => {
    turn += 1
    const from = people[turn % people.length] as string
    const { id: to, streamId } = hosts[turn % hosts.length] as (typeof hosts)[number]
    const legs = shareGift({ from, to, coins: 10, creatorShareBps: 7_000 })
    const outcome = await ledger.transfer({
      id: randomUUID(),
      by: from,
      kind: 'gift',
      movement: { do: 'post', legs },
      countedIn: { streamId, supporterId: from },
      details: { giftId: 'rose', quantity: 1 },
    })
    demandPosted(outcome)
  }
}
