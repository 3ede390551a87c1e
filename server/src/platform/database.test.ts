/** The way to the database: migrations, plain SQL, transactions, faults with names. */
import { Migration } from '@mikro-orm/migrations'
import { expect, inject, test, vi } from 'vitest'
import {
  DatabaseUnavailable,
  databaseLimits,
  type MigrationEntry,
  openDatabase,
} from './database.ts'
import { inOrder } from './database/migrate.ts'
import { privatePostgres } from './testing/private-postgres.ts'
import { quietLog, recordingLog } from './testing/quiet-log.ts'
import { testDatabase } from './testing/test-database.ts'

const database = await testDatabase()
const { sql } = database
const nothing = { entities: [], migrations: [] }

function step(name: string, statement: string): MigrationEntry {
  return {
    name,
    class: class extends Migration {
      override up() {
        this.addSql(statement)
      }
    },
  }
}

test('[RUN-40] the migrated tables have the columns that the entities describe', async () => {
  const difference = await database.orm.schema.getUpdateSchemaSQL({
    safe: false,
    dropTables: false,
  })
  // Constraints and indexes live in the migrations alone, as do columns that no entity reads.
  const wanting = difference
    .split('\n')
    .filter((line) => /create table| add "|alter column/.test(line))
  expect(wanting).toEqual([])
})

test('[RUN-61] a prepared statement is planned once for each connection, whatever its values', async () => {
  const { prepared } = database
  const sumOf = (n: number) => prepared<{ sum: number }>`select ${n}::int + ${1}::int as sum`
  const sums = await Promise.all(Array.from({ length: 40 }, (_, n) => sumOf(n)))
  expect(sums.map(([row]) => row?.sum)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
  const known = await prepared<{ statement: string; plans: number }>`
    select statement, (generic_plans + custom_plans)::int as plans
    from pg_prepared_statements where statement like 'select $1::int + $2::int as sum%'`
  expect(known.length).toBeLessThan(2)
  await expect(sumOf('x' as never)).rejects.toThrow('invalid input syntax')
  expect(await sumOf(1)).toEqual([{ sum: 2 }])
})

test('[RUN-41] migrations of all capabilities run in order of time, each once', async () => {
  const steps = [
    step('20300101000002-fill', 'insert into ordered values (1)'),
    step('20300101000001-make', 'create table ordered (n int)'),
  ]
  const postgres = await privatePostgres()
  const open = () =>
    openDatabase({ url: postgres.url, log: quietLog, schema: { entities: [], migrations: steps } })
  // Two servers that start at once: one migrates, the other waits for it.
  const both = await Promise.all([open(), open()])
  expect(await both[0].sql`select n from ordered`).toEqual([{ n: 1 }])
  await Promise.all(both.map((one) => one.close()))
})

test('[RUN-41] a migration without a time in its name, or with a name twice, is refused', () => {
  expect(() => inOrder([step('make', '')])).toThrow('"make" is not valid')
  const twice = step('20300101000001-make', '')
  expect(() => inOrder([twice, twice])).toThrow('two migrations are named')
})

test('[RUN-42] a failed migration leaves nothing behind and stops the start', async () => {
  const postgres = await privatePostgres()
  const migrations = [
    step('20300101000001-make', 'create table half (n int)'),
    step('20300101000002-break', 'select nonsense'),
  ]
  const open = openDatabase({
    url: postgres.url,
    log: quietLog,
    schema: { entities: [], migrations },
  })
  await expect(open).rejects.toThrow('nonsense')
  const after = await openDatabase({ url: postgres.url, log: quietLog, schema: nothing })
  expect(await after.sql`select to_regclass('half') as half`).toEqual([{ half: null }])
  await after.close()
})

test.each([
  ['a wrong password', (url: URL) => (url.password = 'S3cret-guess'), /refuses the user "odeon"/],
  ['no such database', (url: URL) => (url.pathname = '/nowhere'), /no database "nowhere"/],
  [
    'nobody there',
    (url: URL) => (url.port = '1'),
    /127\.0\.0\.1:1 does not answer \(ECONNREFUSED\)/,
  ],
  [
    'no such host',
    (url: URL) => (url.hostname = 'none.invalid'),
    /none\.invalid:\d+ does not answer/,
  ],
])('[RUN-43] %s is said in words, without the password', async (_what, spoil, says) => {
  const url = new URL(inject('postgresUrl'))
  spoil(url)
  const open = openDatabase({ url: url.href, log: quietLog, schema: nothing })
  const error = await open.then(
    () => expect.fail('it opened'),
    (reason: unknown) => reason as Error,
  )
  expect(error).toBeInstanceOf(DatabaseUnavailable)
  expect(error.message).toMatch(says)
  expect(error.message).not.toContain(url.password)
})

test('[RUN-44] a restarting PostgreSQL ends no process; statements work again after it', async () => {
  const postgres = await privatePostgres()
  const { log, lines } = recordingLog()
  const own = await openDatabase({ url: postgres.url, log, schema: nothing })
  // One connection in use and others idle: both kinds are cut.
  await Promise.all([1, 2, 3].map((n) => own.sql`select pg_sleep(0.05), ${n}::int`))
  const held = own.transaction(async (tx) => {
    await tx`select 1`
    await postgres.crash()
    await vi.waitFor(() =>
      tx`select 1`.then(
        () => expect.fail('still there'),
        () => 'cut',
      ),
    )
    await tx`select 1`
  })
  await expect(held).rejects.toThrow()
  await vi.waitFor(() => own.ping(), 10_000)
  expect(await own.sql`select 1 as one`).toEqual([{ one: 1 }])
  expect(lines.some((line) => line.level === 'warn')).toBe(true)
  await own.close()
})

test('[RUN-45] a database that hangs is noticed by a ping with an end', async () => {
  const postgres = await privatePostgres()
  const own = await openDatabase({ url: postgres.url, log: quietLog, schema: nothing })
  await own.ping()
  await postgres.freeze()
  await expect(own.ping(200)).rejects.toThrow(DatabaseUnavailable)
  await expect(own.ping(200)).rejects.toThrow('no answer in 200 ms')
  await postgres.thaw()
  await vi.waitFor(() => own.ping(), 10_000)
  await own.close()
})

test('[RUN-46] statements and idle transactions have an end', async () => {
  const [row] = await sql`
    select current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle`
  expect(row).toEqual({
    statement: `${databaseLimits.statementMs / 1000}s`,
    idle: `${databaseLimits.idleInTransactionMs / 1000}s`,
  })
  const patient = { url: database.url, log: quietLog, schema: nothing, statementMs: 3_600_000 }
  const own = await openDatabase(patient)
  expect(await own.sql`select current_setting('statement_timeout') as statement`).toEqual([
    { statement: '1h' },
  ])
  await own.close()
})

test('[RUN-47] values travel apart from the text of a statement', async () => {
  const evil = `'); drop table users; --`
  expect(await sql`select ${evil}::text as said, ${[1, 2]}::int[] as list`).toEqual([
    { said: evil, list: [1, 2] },
  ])
})

test('[RUN-48] a transaction whose work fails is undone, and its connection is free again', async () => {
  await sql`create table counted (n int)`
  for (let round = 0; round <= databaseLimits.poolMax; round += 1) {
    const failing = database.transaction(async (tx) => {
      await tx`insert into counted values (${round})`
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
  }
  expect(await sql`select n from counted`).toEqual([])
})

test('[RUN-49] closing leaves no connection behind', async () => {
  const postgres = await privatePostgres()
  const watcher = await openDatabase({ url: postgres.url, log: quietLog, schema: nothing })
  const one = await openDatabase({ url: postgres.url, log: quietLog, schema: nothing })
  await Promise.all([1, 2, 3].map((n) => one.sql`select pg_sleep(0.05), ${n}::int`))
  await one.close()
  const others = () => watcher.sql`
    select pid from pg_stat_activity
    where application_name like 'odeon%' and pid <> pg_backend_pid()`
  await vi.waitFor(async () => expect(await others()).toEqual([]))
  await watcher.close()
})
