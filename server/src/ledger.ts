// `npm run ledger -- verify`: recomputes what the ledger says of itself and prints the sums; ends
// with 1 when anything differs. Reads the database of DATABASE_URL, or the embedded one.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataDirOf } from './config.ts'
import { postgresFolder } from './platform/data-folder.ts'
import { openDatabase } from './platform/database.ts'
import { DataFolderInUse, startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { createLogger } from './platform/logging.ts'
import { schema } from './schema.ts'
import { type LedgerReport, verifyLedger } from './wallet/verify-ledger.ts'

/** A ledger of years is read in minutes. */
const verifyMsMax = 3_600_000

const usage = `npm run ledger -- verify

Recomputes every balance from its postings, each chain of balances, the sums of all streams and
what is held, and prints what all accounts of a currency sum to. Reads the database of
DATABASE_URL, or the embedded one in DATA_DIR of a server that does not run.

Ends with 0 when all of it agrees, 1 when anything differs, 2 when nothing could be verified.`

const [command, ...more] = process.argv.slice(2)
if (command !== 'verify' || more.length > 0) {
  process.stdout.write(`${usage}\n`)
  process.exitCode = command === '--help' || command === 'help' ? 0 : 2
} else {
  try {
    const report = await withDatabase((url) => verify(url))
    process.stdout.write(`${textOf(report)}\n`)
    process.exitCode = report.faults.length === 0 ? 0 : 1
  } catch (error) {
    // 1 and a stack would say that the ledger differs.
    process.stderr.write(
      `Not verified: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    process.exitCode = 2
  }
}

async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url } = process.env
  if (url !== undefined && url !== '') return await work(url)
  const dataDir = postgresFolder(dataDirOf(process.env))
  if (!existsSync(join(dataDir, 'cluster'))) {
    throw new Error(`there is no database in ${dataDir}: set DATABASE_URL or DATA_DIR.`)
  }
  const log = createLogger({ level: 'warn', destination: process.stderr })
  const postgres = await startEmbeddedPostgres({ dataDir, log }).catch((error: unknown) => {
    if (!(error instanceof DataFolderInUse)) throw error
    throw new Error('the server that has this database runs: stop it first.', { cause: error })
  })
  try {
    return await work(postgres.url)
  } finally {
    await postgres.stop()
  }
}

async function verify(url: string): Promise<LedgerReport> {
  const log = createLogger({ level: 'warn', destination: process.stderr })
  const database = await openDatabase({ url, log, schema, statementMs: verifyMsMax })
  try {
    return await verifyLedger(database.transaction)
  } finally {
    await database.close()
  }
}

function textOf({ sums, transfers, postings, openHolds, waiting, faults }: LedgerReport): string {
  const lines = sums.map(({ currency, accounts, sum, moved }) => {
    return `  ${currency.padEnd(6)} ${accounts} accounts sum to ${sum}; moved ${moved}`
  })
  const counts = [
    `${transfers} transfers`,
    `${postings} postings`,
    `${openHolds} open holds`,
    `${waiting} events waiting`,
  ]
  const verdict = faults.length === 0 ? 'All of it agrees.' : `${faults.length} differ:`
  const shown = faults.map((fault) => `  ${fault}`)
  return [...lines, `  ${counts.join(', ')}`, verdict, ...shown].join('\n')
}
