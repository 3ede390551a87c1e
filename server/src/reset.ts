/**
 * `npm run reset`: forgets everything in the data folder. What runs there is stopped first; a
 * database named by DATABASE_URL is never touched.
 */
import { createInterface } from 'node:readline/promises'
import { dataDirOf } from './config.ts'
import { createLogger } from './platform/logging.ts'
import { CannotReset, resetDataFolder } from './platform/start/reset-data.ts'

const dataDir = dataDirOf(process.env)
if (!(await mayGoOn())) process.exit(1)
try {
  const log = createLogger({ level: 'error', pretty: true })
  const done = await resetDataFolder({ dataDir, log, say: (text) => console.log(`  ${text}`) })
  console.log(done ? '  Forgotten. `npm start` begins anew.' : `  Nothing to forget in ${dataDir}.`)
  if (process.env.DATABASE_URL) console.log('  The database of DATABASE_URL was left as it is.')
} catch (error) {
  if (!(error instanceof CannotReset)) throw error
  console.error(`  ${error.message}`)
  process.exitCode = 1
}

/** Asks a person; a program has to say `--yes`. */
async function mayGoOn(): Promise<boolean> {
  if (process.argv.includes('--yes')) return true
  if (!process.stdin.isTTY) {
    console.error(
      `  This forgets everything in ${dataDir}. If that is meant: npm run reset -- --yes`,
    )
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const question = `  Forget all accounts, streams and chat in ${dataDir}? Type yes: `
  const answer = await terminal.question(question).finally(() => terminal.close())
  const isYes = answer.trim().toLowerCase() === 'yes'
  if (!isYes) console.log('  Nothing was changed.')
  return isYes
}
